#pragma once

#include "config/section.hpp"
#include "serve/tcp_listener.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace skurd {

/// The section [serve] of the configuration: HTTP over TCP.
struct ServeSettings {
    /// Whether the addresses are the operator's words. One of theirs that cannot be had ends the start; one that is
    /// only the default is told of and gone without, so that two skurds can live on one machine.
    enum class Addresses { by_default, stated };

    std::vector<TcpAddress> listen = {{"127.0.0.1", 7587}, {"::1", 7587}}; ///< empty = nowhere
    Addresses addresses = Addresses::by_default;
    std::vector<std::string> hosts{};   ///< what the daemon is called by clients, beside its address; lower case
    std::filesystem::path token_file{}; ///< "" = nobody may write
    bool names = false;                 ///< whether people's names are among what is read over TCP

    /// Throws Error (usage) with file:line.
    static ServeSettings read(Section& section);
};

} // namespace skurd
