#pragma once

#include "config/section.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace skurd {

/// The section [fetch] of the configuration: how sources are spoken to over HTTP. README.md explains every key.
struct FetchSettings {
    std::string contact;                    ///< goes into the user agent; "" = none
    std::vector<std::string> allow_private; ///< hosts that may be loopback or private
    std::vector<std::string> allow_http;    ///< hosts that may be spoken to without TLS
    std::string proxy;                      ///< "" = none
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds timeout{90};  ///< of a whole exchange
    std::size_t bytes_max = 256 << 20; ///< of an answer, as sent and decompressed
    int tries = 4;                     ///< for a request, the first one included
    int calls = 25;                    ///< to one host in any `window`
    bool pace_private = false;         ///< whether that holds for hosts in allow_private too: when `calls` is given
    std::chrono::seconds window{60};

    /// Throws Error (usage) with file:line. Does not reject unknown keys: its caller does, for the whole file.
    static FetchSettings read(Section& section);
};

} // namespace skurd
