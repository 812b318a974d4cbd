// The sources: how jobs do, what their runs did, what drifted or was refused, and orders; a harvest is ordered here.
#include "page/pages.hpp"

#include "api/endpoint.hpp"
#include "base/text.hpp"
#include "lib/json/json_reader.hpp"
#include "model/annotation.hpp"
#include "model/enum_text.hpp"
#include "model/run_text.hpp"
#include "page/page_parts.hpp"
#include "query/datasets.hpp"
#include "query/quarantine.hpp"
#include "query/runs.hpp"
#include "view/status_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t runs_max = 40;
constexpr std::size_t drift_max = 20;
constexpr std::size_t quarantine_max = 50;
constexpr std::size_t orders_max = 20;

std::string optional_moment(const std::optional<Time>& at)
{
    return at ? moment(*at) : "–";
}

/// How it stands with a job, in a sign and a word.
Json job_state(const PageRequest& request, const JobStatus& job)
{
    const auto state = [&](const char* style, const char* sign, std::string_view nb, std::string_view en) {
        return Json{{"class", style}, {"sign", sign}, {"word", request.say(nb, en)}};
    };
    if (!job.enabled)
        return state("no-data", "·", "av", "off");
    if (job.health.failures_in_row > 0)
        return state("worsened", "✗", "feiler", "fails");
    if (job.owed_since)
        return state("unchanged", "!", "skylder en kjøring", "owes a run");
    if (!job.health.last_success)
        return state("no-data", "·", "aldri kjørt", "never ran");
    return state("improved", "✓", "i orden", "well");
}

Json jobs_json(const PageSources& from, const Status& status)
{
    const auto& request = from.request;
    Json lines = Json::array();
    for (const auto& job : status.jobs) {
        Json line = job_state(request, job);
        line.update(Json{
            {"job", job.job},
            {"link", request.link("/sources", {{"job", job.job}})},
            {"dataset", job.dataset},
            {"dataset_link", job.dataset.empty() ? "" : request.link("/data", {{"dataset", job.dataset}})},
            {"last_success", optional_moment(job.health.last_success)},
            {"failures",
             job.health.failures_in_row > 0 ? Json(std::to_string(job.health.failures_in_row)) : Json(nullptr)},
            {"next_run", job.schedule.empty() ? request.say("for hånd", "by hand") : optional_moment(job.next_run)},
            {"why", why_text(job, request.language)},
            {"can_harvest", !request.session.empty() && job.enabled}});
        lines.push_back(std::move(line));
    }
    return lines;
}

Json runs_json(const PageSources& from)
{
    Json lines = Json::array();
    for (const auto& run : newest_runs(from.reading.store, from.request.query("job"), runs_max))
        lines.push_back({{"run", run.id},
                         {"started", moment(run.started_at)},
                         {"job", run.job},
                         {"link", from.request.link("/sources", {{"job", run.job}})},
                         {"outcome", enum_text(run.outcome, from.request.language)},
                         {"class", is_unsuccessful(run.outcome) ? "worsened" : ""},
                         {"requests", run.requests},
                         {"kilobytes", (run.bytes + 1023) / 1024},
                         {"text", run_text(run, from.request.language)}});
    return lines;
}

Json drift_json(const PageSources& from)
{
    Json lines = Json::array();
    for (const auto& one : recorded_drift(from.reading.store, "")) {
        if (lines.size() == drift_max)
            break;
        lines.push_back({{"dataset", one.dataset},
                         {"link", from.request.link("/data", {{"dataset", one.dataset}})},
                         {"seen", moment(one.seen_at)},
                         {"severity", enum_text(one.drift.severity, from.request.language)},
                         {"text", from.request.say(one.drift.text_nb, one.drift.text_en)}});
    }
    return lines;
}

Json quarantine_json(const PageSources& from)
{
    Json lines = Json::array();
    for (const auto& one : waiting_in_quarantine(from.reading.store))
        if (lines.size() < quarantine_max)
            lines.push_back({{"id", one.id},
                             {"job", one.job},
                             {"name", one.name},
                             {"kind", enum_text(one.kind, from.request.language)},
                             {"reason", one.reason},
                             {"at", moment(one.at)}});
    return lines;
}

std::string order_class(const OrderRecord& record)
{
    if (!record.exit)
        return "";
    return record.state == OrderState::done && *record.exit == ExitCode::good ? "improved" : "worsened";
}

Json order_line(const PageRequest& request, const OrderRecord& record)
{
    return {{"id", record.id},
            {"link", request.link(fmt::format("/orders/{}", record.id))},
            {"summary", record.summary},
            {"state", enum_text(record.state, request.language)},
            {"class", order_class(record)},
            {"giver", request.names_are_told ? to_text(record.giver) : ""},
            {"given", moment(record.given_at)},
            {"progress", record.progress},
            {"error", record.error}};
}

/// What the runs of an order came to.
Json results_json(const PageSources& from, OrderId id)
{
    Json lines = Json::array();
    const auto result = from.desk.result(id);
    const auto json = result ? parse_json(*result) : Json::object();
    const auto runs = json.find("runs");
    if (runs == json.end())
        return lines;
    for (const auto& one : *runs) {
        JsonReader run(one, "run");
        lines.push_back({{"job", run.text("job", "")},
                         {"outcome", word_text(run.text("outcome", ""), from.request.language)},
                         {"text", run.text("message", "")}});
    }
    return lines;
}

Json orders_json(const PageSources& from)
{
    Json lines = Json::array();
    for (const auto& record : from.desk.list())
        if (lines.size() < orders_max)
            lines.push_back(order_line(from.request, record));
    return lines;
}

Order answer_of(const PageRequest& request, const Quarantined& held, const std::string& actor)
{
    const auto answer = request.field("answer");
    if (answer == "retry")
        return RetryOrder{held.id, {}, actor};
    if (answer == "accept")
        return RetryOrder{held.id, agree_to_all, actor};
    if (answer == "discard")
        return DiscardOrder{held.id, checked_note(request.say("merknad", "note"), request.field("note")), actor};
    throw usage_error("there is no answer '{}'", excerpt(answer));
}

/// The page of the order, where its progress is.
std::string give(const PageSources& from, const Order& order, const std::string& actor)
{
    const OrderGiver giver{actor, from.request.request.peer_uid, from.request.request.peer_address};
    return from.request.link(fmt::format("/orders/{}", from.desk.submit(order, giver, Attachment::detached)));
}

} // namespace

HtmlPage sources_page(const PageSources& from)
{
    const auto& request = from.request;
    const auto status = from.view.status();
    Json findings = Json::array();
    for (const auto& finding : status.findings)
        if (finding.is_fault())
            findings.push_back({{"text", finding.sentence()}});
    HtmlPage page{"sources",
                  request.say("Kilder", "Sources"),
                  {{"is_well", findings.empty()},
                   {"findings", std::move(findings)},
                   {"jobs", jobs_json(from, status)},
                   {"job", request.query("job")},
                   {"all_runs", request.link("/sources")},
                   {"runs", runs_json(from)},
                   {"drift", drift_json(from)},
                   {"quarantine", quarantine_json(from)},
                   {"orders", orders_json(from)},
                   {"action", request.link("/sources/harvest")},
                   {"answer_action", request.link("/sources/quarantine")}}};
    for (const auto* list : {"runs", "drift", "quarantine", "orders"})
        page.content[fmt::format("has_{}", list)] = !page.content[list].empty();
    return page;
}

HtmlPage order_page(const PageSources& from)
{
    const auto id = positive_number(from.id).value_or(0);
    const auto record = from.desk.find(id);
    if (!record)
        throw NothingThereError(
            from.request.say("Ordren finnes ikke (lenger).", "There is no such order (any more)."));
    Json events = Json::array();
    for (const auto& event : from.desk.events(id, 1, std::chrono::milliseconds(0)))
        events.push_back({{"at", moment(event.at)},
                          {"state", enum_text(event.state, from.request.language)},
                          {"text", event.text}});
    HtmlPage page{"order",
                  fmt::format("{} {}", from.request.say("Ordre", "Order"), id),
                  {{"order", order_line(from.request, *record)},
                   {"is_open", !has_ended(record->state)},
                   {"events", std::move(events)},
                   {"results", results_json(from, id)},
                   {"stream", fmt::format("/api/v1/orders/{}/events", id)},
                   {"sources_link", from.request.link("/sources")}}};
    page.is_awaited = !has_ended(record->state);
    return page;
}

std::string harvest(const PageSources& from)
{
    const auto job = from.request.field("job");
    const auto jobs = from.host.jobs();
    if (std::find(jobs.begin(), jobs.end(), job) == jobs.end())
        throw usage_error("there is no job '{}' that is enabled{}", excerpt(job), did_you_mean(job, jobs));
    HarvestOrder order;
    order.jobs = {job};
    return give(from, order, "");
}

std::string answer_quarantine(const PageSources& from)
{
    const auto& request = from.request;
    const auto number = positive_number(request.field("quarantine"));
    if (!number)
        throw usage_error("{}", request.say("Ingenting er valgt: velg én, og send igjen.",
                                            "Nothing is chosen: choose one, and send it again."));
    const auto held = find_quarantined(from.reading.store, *number);
    const auto actor = checked_note(request.say("navn", "name"), request.field("actor"));
    return give(from, answer_of(request, held, actor), actor);
}

} // namespace skurd
