#include "view/status_json.hpp"

#include "view/value_json.hpp"

namespace skurd {

Json to_json(const JobStatus& job)
{
    return {{"job", job.job},
            {"connector", job.connector},
            {"enabled", job.enabled},
            {"unconfirmed", text_json(job.unconfirmed)},
            {"schedule", job.schedule},
            {"timezone", job.timezone},
            {"next_due", time_json(job.next_due)},
            {"last_outcome", outcome_text(job.health)},
            {"last_success", time_json(job.health.last_success)},
            {"failures_in_row", job.health.failures_in_row}};
}

Json to_json(const Status& status)
{
    return {{"state", status.state},       {"ok", status.wrong.empty()},      {"wrong", status.wrong},
            {"vintages", status.vintages}, {"open_flags", status.open_flags}, {"quarantined", status.quarantined},
            {"notes", status.notes}};
}

std::string outcome_text(const SourceHealth& health)
{
    return health.last ? std::string(to_string(health.last->outcome)) : "never ran";
}

} // namespace skurd
