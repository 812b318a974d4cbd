#pragma once

#include "app/context.hpp"

#include <string>
#include <vector>

namespace skurd {

struct ReadOnlyOptions {
    std::string place;               ///< a file, or the URL of a database of PostgreSQL
    std::vector<std::string> listen; ///< "127.0.0.1:7587"; none = as the configuration says
};

/// Serves the web page and the read API over one file or database, which may be a replica, until SIGTERM or SIGINT.
/// What is configured says how indicators are defined and whom numbers are credited to. Throws Error (usage) for an
/// address that is none; for a place where no store of this version is.
ExitCode serve_read_only(Context& context, const ReadOnlyOptions& options);

} // namespace skurd
