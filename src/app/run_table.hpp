#pragma once

#include "app/context.hpp"
#include "base/number_text.hpp"
#include "model/run.hpp"
#include "order/results.hpp"

namespace skurd {

/// Prints the result of an order that ran jobs: the runs as they are, or a table of them. What failed goes to
/// standard error, too.
ExitCode print_runs(const Context& context, const RunsResult& result);

} // namespace skurd
