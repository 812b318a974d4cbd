#include "daemon/harvester.hpp"

#include "base/error.hpp"
#include "base/file_system.hpp"
#include "base/time_text.hpp"
#include "daemon/annotation_orders.hpp"
#include "daemon/flag_orders.hpp"
#include "daemon/sign_off.hpp"
#include "daemon/source_query_orders.hpp"
#include "evaluate/evaluation.hpp"
#include "evaluate/indicator_flags.hpp"
#include "evaluate/publications.hpp"
#include "evaluate/source_flags.hpp"
#include "model/annotation.hpp"
#include "model/quarantine.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "query/catalogue.hpp"
#include "query/quarantine.hpp"
#include "run/quarantine.hpp"
#include "run/replay.hpp"
#include "store/catalogue_store.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/store_session.hpp"
#include "view/run_json.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <random>

namespace skurd {

namespace {

constexpr auto longest_wait = std::chrono::hours(1);

void log(const Run& run)
{
    const auto level = run.outcome == RunOutcome::failed    ? spdlog::level::err
                       : run.outcome == RunOutcome::no_file ? spdlog::level::debug
                                                            : spdlog::level::info;
    spdlog::log(level, "{}: {}: {}", run.job, to_string(run.outcome), run.message);
}

/// What the operator agrees to.
Agreement read_agreement(const Json& order)
{
    return {order.value("accept_withdrawals", false), order.value("accept_drift", false),
            order.value("accept_suspect", false)};
}

void make_drop_folder(const std::filesystem::path& folder)
{
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure)
        throw error("{}: cannot be made: {}{}", folder.string(), failure.message(),
                    disk_hint(failure.value(), folder));
}

Json answer_of(const std::vector<Run>& runs)
{
    Json answer = {{"exit", 0}, {"runs", Json::array()}};
    for (const auto& run : runs) {
        answer["runs"].push_back(to_json(run));
        if (run.outcome == RunOutcome::failed)
            answer["exit"] = static_cast<int>(ExitCode::failed);
    }
    return answer;
}

} // namespace

Harvester::Harvester(const Installation& installation, Clock& clock)
    : installation_(installation), clock_(clock), jobs_(load_jobs(installation)),
      catalogue_(load_catalogue(installation)), store_(installation.state, StoreSession::Access::write, clock),
      settings_(read_settings(installation)), http_(settings_.fetch, clock, std::random_device()()),
      programs_(clock, settings_.fetch.exec_user), sources_(http_, programs_), pace_(store_, http_.pace(), clock),
      folders_(installation.state / "archive", installation.state / "quarantine", clock), drop_(clock, folders_),
      schedule_(jobs_.jobs, store_, clock.now())
{
    jobs_.require_no_errors();
    CatalogueStore(store_).store(catalogue_);
    evaluate_if_behind(store_, catalogue_, clock_);
    watch();
    make_drop_folder(installation.state / "drop");
}

Harvester::~Harvester() = default;

RunTools Harvester::tools(const ControlServer::Progress& progress)
{
    return {store_, sources_, drop_, folders_, clock_, catalogue_, settings_.store.accept, progress};
}

std::vector<Run> Harvester::run(const ReadyJob& job, const RunOptions& options,
                                const ControlServer::Progress& progress, std::stop_token stop)
{
    auto runs = run_job(job, tools(progress), options, stop);
    pace_.keep();
    if (options.dry_run)
        return runs;
    schedule_.ran(job, clock_.now());
    evaluate_if_behind(store_, catalogue_, clock_);
    watch();
    discard_payloads();
    return runs;
}

/// Flags that no number raises: time passes, people mark breaks, sources write notes.
void Harvester::watch()
{
    flag_overdue(store_, jobs_.jobs, clock_.now());
    flag_breaks(store_, catalogue_, clock_.now());
}

void Harvester::discard_payloads()
{
    if (const auto gone = PayloadStore(store_).expire(settings_.store.payloads); gone > 0)
        spdlog::info("{} payloads that made no vintage were let go ([store] keep_payloads)", gone);
}

std::vector<const ReadyJob*> Harvester::chosen(const Json& order) const
{
    if (order.value("due", false))
        return schedule_.due_or_new(clock_.now());
    std::vector<const ReadyJob*> found;
    if (order.value("all", false)) {
        for (const auto& job : jobs_.jobs)
            if (job.job.enabled)
                found.push_back(&job);
        return found;
    }
    for (const auto& id : order.value("jobs", std::vector<std::string>()))
        found.push_back(&jobs_.find(id));
    return found;
}

Json Harvester::harvest(const Json& order, const ControlServer::Progress& progress, std::stop_token stop)
{
    RunOptions options;
    options.force = order.value("force", false);
    options.dry_run = order.value("dry_run", false);
    options.agreement = read_agreement(order);
    options.force = options.force || options.agreement.drift; // what was stopped has been fetched already
    std::vector<Run> all;
    for (const auto* job : chosen(order)) {
        if (stop.stop_requested())
            throw error("stopped before job '{}'; what ran before it is in `skurd runs`", job->job.id);
        const auto runs = run(*job, options, progress, stop);
        all.insert(all.end(), runs.begin(), runs.end());
    }
    return answer_of(all);
}

Json Harvester::drop(const ControlRequest& order, const ControlServer::Progress& progress)
{
    const auto& job = jobs_.find(order.command.value("job", ""));
    RunOptions options;
    options.agreement = read_agreement(order.command);
    if (order.command.contains("published") && order.command["published"].is_string()) {
        const auto text = order.command["published"].get<std::string>();
        const auto published = parse_time(text);
        if (!published)
            throw usage_error(
                "--published '{}' is not a date or an instant (like 2019-11-01 or 2019-11-01T07:00:00Z)", text);
        options.published =
            PublicationClaim{*published, "--published", text.size() == 10 ? Confidence::day : Confidence::stated};
    }
    Response file;
    file.url = order.command.value("name", "file");
    file.body = order.bytes;
    file.received_at = clock_.now();
    file.modified_at = parse_time(order.command.value("modified", "")).value_or(file.received_at);
    const auto run = run_given_file(job, tools(progress), std::move(file), options);
    evaluate_if_behind(store_, catalogue_, clock_);
    watch();
    return answer_of({run});
}

/// All jobs where none is named.
Json Harvester::replay(const Json& order, const ControlServer::Progress& progress, std::stop_token stop)
{
    std::vector<const ReadyJob*> jobs;
    for (const auto& id : order.value("jobs", std::vector<std::string>()))
        jobs.push_back(&jobs_.find(id));
    if (jobs.empty())
        for (const auto& job : jobs_.jobs)
            jobs.push_back(&job);
    Json answer = {{"exit", 0}, {"vintages", Json::array()}};
    for (const auto* job : jobs)
        for (const auto& replayed : skurd::replay(store_, *job, {order.value("accept", false), progress}, stop)) {
            answer["vintages"].push_back(to_json(replayed));
            if (!replayed.failure.empty())
                answer["exit"] = static_cast<int>(ExitCode::failed);
        }
    evaluate_if_behind(store_, catalogue_, clock_);
    return answer;
}

/// Without an action there is nothing to do: `list` and `show` only read.
Json Harvester::quarantine(const Json& order, const ControlServer::Progress& progress)
{
    const auto held = find_quarantined(store_, order.value("id", std::int64_t(0)));
    const auto by = checked_note("the name", order.value("by", ""));
    if (order.value("action", "") == "discard") {
        QuarantineStore(store_).end(held.id, QuarantineEnd::discarded, by,
                                    checked_note("the note", order.value("note", "")));
        flag_quarantine(store_, held.job, clock_.now());
        return {{"exit", 0}, {"quarantine", held.id}};
    }
    if (held.ended)
        throw usage_error("{} in quarantine has been answered already (see `skurd quarantine show {}`)", held.id,
                          held.id);
    RunOptions options;
    options.agreement = read_agreement(order);
    const auto run = run_quarantined(jobs_.find(held.job), tools(progress), held, options, by);
    evaluate_if_behind(store_, catalogue_, clock_);
    watch();
    return answer_of({run});
}

Json Harvester::sign_off(const Json& order)
{
    const auto period = Period::parse(order.value("period", ""));
    if (!period)
        throw usage_error("--period '{}' is not a period such as 2018", order.value("period", ""));
    const auto signing = skurd::sign_off(store_, catalogue_, order.value("set", 0), *period, order.value("by", ""),
                                         order.value("note", ""), clock_);
    return {{"exit", 0}, {"sign_off", signing.id}, {"signed", format_time(signing.signed_at)}};
}

Json Harvester::execute(const ControlRequest& order, const ControlServer::Progress& progress, std::stop_token stop)
{
    const auto command = order.command.value("command", "");
    sources_.forget_answers();
    if (command == "harvest")
        return harvest(order.command, progress, stop);
    if (command == "drop")
        return drop(order, progress);
    if (command == "replay")
        return replay(order.command, progress, stop);
    if (command == "quarantine")
        return quarantine(order.command, progress);
    if (command == "ack")
        return acknowledge_flags(store_, order.command, clock_.now());
    if (command == "signoff")
        return sign_off(order.command);
    if (auto answer = execute_annotation(store_, catalogue_, order.command)) {
        evaluate_if_behind(store_, catalogue_, clock_); // a break may have been marked
        watch();
        return *answer;
    }
    if (auto answer = execute_source_query(order.command, installation_, {sources_, stop, progress})) {
        pace_.keep();
        return *answer;
    }
    throw usage_error(
        "unknown order '{}' (known: harvest, drop, replay, quarantine, ack, signoff, annotate, withdraw, "
        "correct, end, discover, describe, check online)",
        command);
}

/// The edge of a job run in the daemon: whatever one job meets (a full disk, a store somebody else has locked), the
/// daemon lives on, and the job has its turn again when it is next due.
void Harvester::run_scheduled(const ReadyJob& job, std::stop_token stop)
{
    try {
        for (const auto& done : run(job, {}, {}, stop))
            log(done);
    } catch (const std::exception& failure) {
        spdlog::error("{}: {}", job.job.id, full_message(failure));
        schedule_.ran(job, clock_.now());
    }
}

/// The edge of the same kind.
void Harvester::watch_in_daemon()
{
    try {
        watch();
    } catch (const std::exception& failure) {
        spdlog::error("flags: {}", full_message(failure));
    }
}

void Harvester::serve(std::stop_token stop, int wake_descriptor)
{
    ControlServer server(installation_.state / "skurd.sock");
    spdlog::info("serving {} jobs; state in {}", jobs_.jobs.size(), installation_.state.string());
    while (!stop.stop_requested()) {
        for (const auto* job : schedule_.due(clock_.now()))
            run_scheduled(*job, stop);
        watch_in_daemon();
        // The clock may be set while we wait, so no wait is longer than an hour.
        std::chrono::milliseconds wait = longest_wait;
        if (const auto next = schedule_.next())
            wait = std::clamp<std::chrono::milliseconds>(*next - clock_.now(), std::chrono::milliseconds(0), wait);
        server.serve_one(wait, wake_descriptor, [&](const ControlRequest& order, const auto& progress) {
            return execute(order, progress, stop);
        });
    }
    spdlog::info("stopped");
}

} // namespace skurd
