#pragma once

#include "flag/calendar.hpp"
#include "model/job_state.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What a job file promises of when its dataset is published: that of a job which is enabled.
struct PublicationPlan {
    std::string job;
    Calendar calendar{}; ///< as the job says it; what the source announces and what may be learnt is added here
};

/// Notes in a job's state when the release that it ingested was published, and when the source announces the next
/// one. So a release that says what the one before it said is known to have come, though it makes no vintage.
void note_publication(JobState& state, const PublicationClaim& claim, std::optional<Time> announced);

/// The releases that are to come of which the day is known, by job: as the job states it, or the source announced it.
std::map<std::string, Expectation> dated_releases(const StoreSession& store,
                                                  const std::vector<PublicationPlan>& plans);

/// Reconciles `overdue/<job>` of every job with the publication calendars (flag/calendar.hpp): raised when a promised
/// release did not come, closed when it came. Jobs without a plan promise nothing, and what is flagged as frozen or
/// replaced is not overdue as well. A calendar is learnt for the one job that ingested the newest vintage of its
/// dataset.
void flag_overdue(StoreSession& store, const std::vector<PublicationPlan>& plans, Time now);

} // namespace skurd
