// Is all well? Findings are gathered in the order of the concerns: first what nothing works without, last what waits
// for a person. Facts come from the files of the state folder, from small tables of the store and from what the
// caller has read of the configuration. What a fact means is decided in job_findings and state_findings, which tests
// try without a disk that is full or a clock that runs.
#include "query/status.hpp"

#include "base/time_text.hpp"
#include "model/indicator_name.hpp"
#include "query/evaluated.hpp"
#include "query/indicators.hpp"
#include "query/job_findings.hpp"
#include "query/state_findings.hpp"
#include "store/clock_store.hpp"
#include "store/flag_store.hpp"
#include "store/lock.hpp"
#include "store/log_state.hpp"
#include "store/outbox_store.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/store_files.hpp"
#include "store/verdict_store.hpp"
#include "store/vintage_store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unistd.h>

namespace skurd {

namespace fs = std::filesystem;

namespace {

void add(Status& status, std::vector<StatusFinding> findings)
{
    status.findings.insert(status.findings.end(), std::make_move_iterator(findings.begin()),
                           std::make_move_iterator(findings.end()));
}

void add(Status& status, Concern concern, const std::string& text, const std::string& remedy = "",
         const std::string& about = "")
{
    status.findings.push_back({concern, about, text, remedy});
}

/// Payloads that should be there: only those of the last runs are looked for, since there may be very many.
void ask_missing_payloads(const StoreSession& store, Status& status)
{
    constexpr std::size_t runs_looked_at = 10;
    const auto missing = PayloadStore(store).missing_of_newest(runs_looked_at);
    if (!missing.empty())
        add(status, Concern::store,
            fmt::format("{} payloads of the last {} runs are gone, the first is {}", missing.size(), runs_looked_at,
                        PayloadStore(store).file(missing.front()).string()),
            "put payloads/ back from a backup; `skurd verify` names all");
}

/// But for what has been told already.
void ask_store_files(StoreFiles files, Status& status, const std::string& told = "")
{
    if (files == StoreFiles::left_alone)
        return;
    for (const auto& fault : store_file_faults(status.state))
        if (fault != told)
            add(status, Concern::store, fault);
}

void ask_folder(const fs::path& state, Status& status)
{
    status.rooms = disk_rooms(state);
    add(status, room_findings(status.rooms));
    add(status, writing_findings(state));
}

void ask_log(const fs::path& state, std::uintmax_t limit, Status& status)
{
    status.log = store_log(state, limit, ::getpid());
    std::erase_if(status.log.readers, [&](const auto& reader) { return reader.pid == status.holder.pid; });
    add(status, log_findings(status.log));
}

/// Those of other folders, which one sees by the store alone.
void ask_harvesters(const StoreSession& store, Status& status)
{
    status.harvesters = store.writers();
    for (const auto& one : status.harvesters) {
        const auto name = fmt::format("the harvester on {} (process {})", one.host, one.process);
        if (one.is_overdue)
            add(status, Concern::daemon,
                fmt::format("{} was heard of until {}: another goes on with its jobs", name, format_time(one.until)),
                "look after it; it is begun anew by itself where systemd runs it");
        if (!one.agrees)
            add(status, Concern::configuration,
                fmt::format("{} waits: it works by another configuration, other jobs or another catalogue than the "
                            "others",
                            name),
                "bring the same files there, or `skurd reload` there to have all work by its files");
    }
}

void ask_daemon(Status& status)
{
    status.holder = holder_of(status.state);
    const auto& holder = status.holder;
    const auto scheduled = std::count_if(status.jobs.begin(), status.jobs.end(),
                                         [](const auto& job) { return job.enabled && !job.schedule.empty(); });
    const bool others_run_them = std::any_of(status.harvesters.begin(), status.harvesters.end(),
                                             [&](const auto& one) { return !one.is_overdue && one.agrees; });
    if (holder.kind != StoreHolder::Kind::daemon && scheduled > 0 && !others_run_them)
        add(status, Concern::daemon,
            holder.kind == StoreHolder::Kind::nobody
                ? fmt::format("no daemon is alive, and {} jobs are scheduled", scheduled)
                : fmt::format(
                      "no daemon is alive, and {} jobs are scheduled (a command, process {}, holds the store)",
                      scheduled, holder.pid),
            "systemctl start skurd, or run `skurd serve`");
    if (holder.kind == StoreHolder::Kind::daemon && !status.configuration.empty() &&
        holder.configuration != status.configuration)
        add(status, Concern::configuration,
            fmt::format("the daemon (process {}) works with another configuration, other jobs or another catalogue "
                        "than are on disk",
                        holder.pid),
            "see `skurd check`, then systemctl reload skurd");
}

void ask_clock(const StoreSession& store, Time now, Status& status)
{
    constexpr auto slack = std::chrono::hours(1);
    if (auto doubt = clock_finding(ClockStore(store).evidence(), now))
        add(status, {std::move(*doubt)});
    else
        add(status, future_findings(VintageStore(store).placed_after(now + slack)));
}

/// The file's own row, if it has one, tells of it too.
bool is_in_quarantine(const std::string& file, const std::vector<Quarantined>& all)
{
    return std::any_of(all.begin(), all.end(), [&](const auto& row) {
        const auto name = fs::path(row.name).filename().string();
        return !name.empty() && file.ends_with(name);
    });
}

void ask_quarantine(const StoreSession& store, const ConfiguredJobs& configured, Status& status)
{
    const auto waiting = QuarantineStore(store).list();
    status.quarantined = waiting.size();
    if (!waiting.empty())
        add(status, Concern::quarantine,
            fmt::format("{} in quarantine, the newest of {}: {}", waiting.size(), waiting.front().job,
                        waiting.front().reason),
            "`skurd quarantine list`, then retry or discard", waiting.front().job);
    if (configured.refused_files.empty())
        return;
    const auto all = QuarantineStore(store).list(Ended::included);
    for (const auto& file : configured.refused_files)
        if (!is_in_quarantine(file.path, all)) // too large to be read, or not readable
            add(status, Concern::quarantine, fmt::format("{}: was refused: {}", file.path, file.reason),
                "drop it again, mended, and remove it there", file.path);
}

void ask_empty_indicators(const StoreSession& store, const Catalogue& catalogue, std::vector<DatasetOffer> offers,
                          Status& status)
{
    for (const auto& line : selector_errors(&store, catalogue, std::move(offers)))
        add(status, Concern::indicator, line);
    for (const auto number : VerdictStore(store).emptied(catalogue.indicators))
        add(status, Concern::indicator,
            fmt::format("indicator {}: is empty, and had a value", indicator_name(number)),
            fmt::format("see what became of it with `skurd indicators {}`", indicator_name(number)),
            indicator_name(number));
}

void ask_flags(const StoreSession& store, Status& status)
{
    std::size_t waiting = 0;
    std::string kinds;
    for (const auto& [which, count] : FlagStore(store).counts()) {
        const auto& [kind, state] = which;
        status.open_flags += count;
        if (state != FlagState::open)
            continue;
        waiting += count;
        status.unanswered[kind] = count;
        kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", count, to_string(kind));
    }
    if (waiting > 0)
        add(status, Concern::flags, fmt::format("{} open flags wait for an answer ({})", waiting, kinds),
            "`skurd flags`, then `skurd flags ack`");
}

/// Messages that nobody took, and channels that take none for now.
void ask_messages(const StoreSession& store, Status& status)
{
    constexpr int tries_seen = 5; // half an hour
    std::size_t undeliverable = 0;
    for (const auto& [which, count] : OutboxStore(store).counts())
        undeliverable += which.second == OutboxState::undeliverable ? count : 0;
    if (undeliverable > 0)
        add(status, Concern::messages,
            fmt::format("{} {} could not be delivered", undeliverable, undeliverable == 1 ? "message" : "messages"),
            "`skurd notify` says why, then --retry or --drop");
    std::set<std::string> told;
    for (const auto& message : OutboxStore(store).waiting(""))
        if (message.tries >= tries_seen && told.insert(message.channel).second) {
            status.notes.push_back(fmt::format("channel {}: takes no message since {}, and is tried again: {}",
                                               message.channel, format_time(message.made_at), message.answer));
        }
}

/// What is said of the configuration's files, whatever the store says.
void ask_files(const ConfiguredJobs& configured, Status& status)
{
    status.notes.insert(status.notes.end(), configured.notes.begin(), configured.notes.end());
    for (const auto& error : configured.errors)
        add(status, Concern::files, error);
    for (const auto& file : configured.files_without_job)
        add(status, Concern::drop_folder,
            fmt::format("{}: no job matches this file (see the patterns in the job files)", file.string()), "",
            file.string());
}

void sort_findings(Status& status)
{
    std::stable_sort(status.findings.begin(), status.findings.end(),
                     [](const auto& a, const auto& b) { return a.concern < b.concern; });
}

Status begin_status(const fs::path& state, ConfiguredJobs& configured)
{
    Status status;
    status.state = state.string();
    status.jobs = std::move(configured.jobs);
    status.configuration = configured.configuration;
    return status;
}

} // namespace

void add_health(const StoreSession& store, std::vector<JobStatus>& jobs)
{
    std::map<std::string, SourceHealth> health;
    for (auto& one : RunStore(store).health())
        health[one.job] = one;
    for (auto& job : jobs)
        job.health = health[job.job];
}

Status status(const StoreSession& store, const fs::path& state, ConfiguredJobs configured, const Catalogue* catalogue,
              Time now, StoreFiles files)
{
    auto status = begin_status(state, configured);
    add_health(store, status.jobs);
    status.vintages = VintageStore(store).count();
    ask_store_files(files, status);
    ask_missing_payloads(store, status);
    ask_folder(state, status);
    ask_log(state, configured.wal_limit, status);
    ask_harvesters(store, status);
    ask_daemon(status);
    ask_clock(store, now, status);
    const auto datasets = VintageStore(store).datasets();
    add(status, job_findings(status.jobs, {datasets.begin(), datasets.end()}, now));
    status.notes = retry_notes(status.jobs, now);
    ask_quarantine(store, configured, status);
    ask_files(configured, status);
    if (configured.errors.empty() && catalogue) // else what a job could give is not known
        ask_empty_indicators(store, *catalogue, std::move(configured.offers), status);
    if (catalogue && !is_evaluated(store, *catalogue))
        add(status, Concern::evaluation, "the newest numbers are not judged by today's catalogue",
            "run `skurd harvest --due`");
    ask_messages(store, status);
    ask_flags(store, status);
    sort_findings(status);
    return status;
}

Status status_without_store(const fs::path& state, ConfiguredJobs configured, const std::string& why,
                            StoreFiles files)
{
    auto status = begin_status(state, configured);
    const bool is_there = fs::exists(state / "skurd.db");
    const auto gone = is_there ? "" : why_no_new_store(state);
    if (!why.empty())
        add(status, Concern::store, why);
    else if (!gone.empty())
        add(status, Concern::store, gone);
    else
        add(status, Concern::store, fmt::format("no store yet at {}", status.state), "run `skurd harvest --all`");
    if (is_there)
        ask_store_files(files, status, why);
    ask_folder(state, status);
    ask_daemon(status);
    ask_files(configured, status);
    sort_findings(status);
    return status;
}

} // namespace skurd
