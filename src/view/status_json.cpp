#include "view/status_json.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

#include <fmt/format.h>

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
            {"next_run", time_json(job.next_run)},
            {"owed_since", time_json(job.owed_since)},
            {"tries", job.tries},
            {"expected", time_json(job.expected)},
            {"why", text_json(why_text(job))},
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

std::string why_text(const JobStatus& job, Language language)
{
    const bool en = language == Language::en;
    if (!job.owed_since)
        return !job.expected ? ""
               : en          ? fmt::format("release of {} expected", format_date(*job.expected))
                             : fmt::format("tall ventes {}", format_date(*job.expected));
    auto text = fmt::format("{} {}", en ? "owed since" : "skyldig siden", format_time(*job.owed_since));
    if (job.tries == 1)
        text += en ? ", one try failed" : ", ett forsøk mislyktes";
    else if (job.tries > 1)
        text += fmt::format(", {} {}", job.tries, en ? "tries failed" : "forsøk mislyktes");
    return text;
}

std::string outcome_text(const SourceHealth& health)
{
    return health.last ? std::string(to_string(health.last->outcome)) : "never ran";
}

} // namespace skurd
