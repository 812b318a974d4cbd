#pragma once

#include "config/section.hpp"
#include "fetch/pace.hpp"
#include "lib/curl/url.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// A header that one host wants to see, and where its value stands.
struct HostKey {
    std::string header; ///< "Ocp-Apim-Subscription-Key"
    std::filesystem::path file;
    std::string value{}; ///< as the environment gives it; "" = it stands in the file
};

/// The section [fetch] of the configuration: how sources are spoken to over HTTP. README.md explains every key.
/// Hosts are names or addresses in lower case.
struct FetchSettings {
    std::string contact;                       ///< goes into the user agent; "" = none
    std::vector<std::string> allow_hosts;      ///< that may be called beside those a job names
    std::vector<std::string> allow_private;    ///< hosts that may be loopback or private
    std::vector<std::string> allow_http;       ///< hosts that may be spoken to without TLS
    ProxyUrl proxy;                            ///< without an address: none
    std::filesystem::path proxy_password_file; ///< "" = the password, if any, stands in the address
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds first_byte_timeout{65}; ///< after the request was sent
    std::chrono::seconds stall_timeout{30};      ///< with less than 100 bytes a second all that time
    std::chrono::seconds timeout{90};            ///< of a whole exchange
    std::size_t bytes_max = 256 << 20;           ///< of an answer, as sent and decompressed
    int tries = 4;                               ///< for a request, the first one included
    Pace::Limit pace;                            ///< of a host without one of its own
    bool pace_private = false; ///< whether that holds for hosts in allow_private too: when `calls` is given
    std::map<std::string, Pace::Limit> hosts;
    std::map<std::string, HostKey> keys;
    std::string exec_user = "nobody"; ///< whom programs run as where skurd runs as root

    /// Throws Error (usage) with file:line. Does not reject unknown keys: its caller does, for the whole file.
    static FetchSettings read(Section& section);
};

} // namespace skurd
