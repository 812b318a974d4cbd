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
            {"window_ends", time_json(job.window_ends)},
            {"expected", time_json(job.expected)},
            {"why", text_json(why_text(job))},
            {"last_outcome", outcome_text(job.health)},
            {"last_success", time_json(job.health.last_success)},
            {"last_message", job.health.last ? text_json(job.health.last->message) : Json()},
            {"failures_in_row", job.health.failures_in_row}};
}

namespace {

Json holder_json(const Status& status)
{
    const auto& holder = status.holder;
    const bool is_daemon = holder.kind == StoreHolder::Kind::daemon;
    return {{"alive", is_daemon},
            {"holder", to_string(holder.kind)},
            {"pid", holder.pid == 0 ? Json() : Json(holder.pid)},
            {"since", time_json(holder.since)},
            {"configuration", text_json(holder.configuration)},
            {"configuration_on_disk", text_json(status.configuration)}};
}

Json unanswered_json(const Status& status)
{
    Json kinds = Json::object();
    for (const auto& [kind, count] : status.unanswered)
        kinds[std::string(to_string(kind))] = count;
    return kinds;
}

std::vector<std::string> faults(const Status& status)
{
    std::vector<std::string> wrong;
    for (const auto& finding : status.findings)
        if (finding.is_fault())
            wrong.push_back(finding.sentence());
    return wrong;
}

} // namespace

Json to_json(const StatusFinding& finding)
{
    return {{"concern", to_string(finding.concern)},
            {"fault", finding.is_fault()},
            {"about", text_json(finding.about)},
            {"text", finding.text},
            {"remedy", text_json(finding.remedy)}};
}

Json to_json(const DiskRoom& room)
{
    return {{"folder", room.folder},
            {"mounted", room.mounted},
            {"free_bytes", room.free},
            {"size_bytes", room.size},
            {"needed_bytes", room.needed}};
}

namespace {

Json harvesters_json(const Status& status)
{
    Json all = Json::array();
    for (const auto& one : status.harvesters) {
        Json jobs = Json::array();
        Json duties = Json::array();
        for (const auto& lease : one.leases)
            (lease.kind == Lease::Kind::job ? jobs : duties).push_back(lease.name);
        all.push_back({{"host", one.host},
                       {"pid", one.process},
                       {"version", one.program},
                       {"configuration", text_json(one.configuration)},
                       {"agrees", one.agrees},
                       {"since", time_json(one.since)},
                       {"until", time_json(one.until)},
                       {"jobs", jobs},
                       {"duties", duties}});
    }
    return all;
}

Json log_json(const StoreLog& log)
{
    Json readers = Json::array();
    for (const auto& reader : log.readers)
        readers.push_back({{"pid", reader.pid}, {"command", text_json(reader.command)}});
    return {{"bytes", log.bytes}, {"limit", log.limit}, {"readers", readers}};
}

} // namespace

Json to_json(const Status& status)
{
    const auto to_do = status.findings.empty() ? "" : status.findings.front().sentence();
    return {{"state", status.state},
            {"ok", status.findings.empty()},
            {"to_do", text_json(to_do)},
            {"wrong", faults(status)},
            {"findings", json_list(status.findings)},
            {"daemon", holder_json(status)},
            {"harvesters", harvesters_json(status)},
            {"room", json_list(status.rooms)},
            {"log", log_json(status.log)},
            {"vintages", status.vintages},
            {"open_flags", status.open_flags},
            {"unanswered_flags", unanswered_json(status)},
            {"quarantined", status.quarantined},
            {"notes", status.notes},
            {"jobs", json_list(status.jobs)}};
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
