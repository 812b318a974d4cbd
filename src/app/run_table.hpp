#pragma once

#include "app/context.hpp"

namespace skurd {

/// Prints the answer to an order that ran jobs: the runs as they are, or a table of them. What failed goes to
/// standard error, too.
ExitCode print_runs(const Context& context, const Json& answer);

} // namespace skurd
