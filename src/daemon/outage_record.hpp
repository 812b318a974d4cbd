#pragma once

#include "daemon/workspace.hpp"
#include "notify/outage_watch.hpp"

#include <vector>

namespace skurd {

/// A flag that is told of as an outage, not among the flags of a publication.
bool is_outage(const Flag& flag);

/// What fails now: jobs with an open flag `failing` or `overdue`, and what `skurd status` has to say of the store's
/// disk, of files that are wrong, of jobs that are late or yield nothing. For what has the turn. Opens no file of the
/// store: closing one would take this process's locks on it back.
std::vector<FoundCause> found_causes(Workspace& workspace, Time now);

/// Records which outages began and ended, in one transaction.
void record_outages(Workspace& workspace, OutageWatch& watch, Time now);

} // namespace skurd
