#pragma once

#include "app/context.hpp"

#include <string>
#include <vector>

namespace skurd {

struct ReadOnlyOptions {
    std::string file;
    std::vector<std::string> listen; ///< "127.0.0.1:7587"; none = as the configuration says
};

/// Serves the web page and the read API over one file until SIGTERM or SIGINT. What is configured says how indicators
/// are defined and whom numbers are credited to. Throws Error (usage) for an address that is none; for a file that
/// is not there or no store of this version.
ExitCode serve_read_only(Context& context, const ReadOnlyOptions& options);

} // namespace skurd
