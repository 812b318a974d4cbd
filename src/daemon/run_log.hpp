#pragma once

#include "daemon/outages.hpp"
#include "model/run.hpp"

namespace skurd {

// A run that ended, in the log: who or what triggered it stands in the line, and all of it in fields
// (base/log_scope.hpp).

void log_run(const RunNews& news, const Run& run);
/// One that was ordered. Nothing where no daemon has taken the order: then the command says what came of it.
void log_ordered_run(const Run& run);

} // namespace skurd
