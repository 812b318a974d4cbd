#pragma once

#include "model/job_state.hpp"
#include "model/vintage.hpp"
#include "run/jobs.hpp"
#include "store/store_session.hpp"

#include <vector>

namespace skurd {

/// Notes in what a job's state becomes when the release it took in was published, and when the source announces the
/// next one; `before` is the state as it was. So a release that says what the one before it said is known to have
/// come, though it makes no vintage.
void note_publication(JobState& after, const JobState& before, const PublicationClaim& claim,
                      std::optional<Time> announced);

/// Brings `overdue/<job>` of every job in line with the publication calendars (flag/calendar.hpp): raised when a
/// promised release did not come, closed when it came. Jobs that are disabled or gone promise nothing, and what is
/// flagged as frozen or replaced is not overdue as well. A calendar is learnt for the one job that took in the newest
/// vintage of its dataset.
void flag_overdue(StoreSession& store, const std::vector<ReadyJob>& jobs, Time now);

} // namespace skurd
