#pragma once

#include "app/context.hpp"
#include "base/number_text.hpp"
#include "model/run.hpp"
#include "order/results.hpp"

namespace skurd {

/// Prints the result of an order that ran jobs: the runs as they are, or a table of them. What failed goes to
/// standard error, too.
ExitCode print_runs(const Context& context, const RunsResult& result);

/// What a run came to, in one line: its message, which is English as it is stored; in Norwegian what its outcome and
/// its counts say, but the message of one that failed as it is.
std::string run_text(const Run& run, Language language);

} // namespace skurd
