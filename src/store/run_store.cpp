#include "store/run_store.hpp"
#include "store/chain/log_chain.hpp"
#include "store/columns.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace skurd {

namespace {

Run read_run(const Statement& row)
{
    Run run;
    run.id = row.integer(0);
    run.job = row.text(1);
    run.dataset = row.text(2);
    run.started_at = time_from(row.view(3));
    run.finished_at = optional_time(row, 4);
    run.outcome = enum_from<RunOutcome>(row.view(5));
    run.message = row.text(6);
    run.requests = static_cast<int>(row.integer(7));
    run.bytes = row.integer(8);
    run.counts.cells = row.integer(9);
    run.counts.rows = row.integer(10);
    run.counts.revised = row.integer(11);
    run.counts.suppressed = row.integer(12);
    run.vintage = row.integer(13);
    run.counts.withdrawn = row.integer(14);
    run.counts.relabelled = row.integer(15);
    return run;
}

/// Links the runs whose ids a statement gives, ended as they are by now, in their order.
void link_ended(Database& database, Statement& ended)
{
    std::set<std::int64_t> runs;
    while (ended.step())
        runs.insert(ended.integer(0));
    LogChain chain(database);
    for (const auto run : runs)
        chain.add(LogItem::run, run);
}

} // namespace

std::int64_t RunStore::start(const std::string& job)
{
    return Statement(session_.database(),
                     "INSERT INTO run (job, dataset, started_at, outcome, message, requests, bytes, cells, rows,"
                     " revised, suppressed) VALUES ($1, '', $2, 'running', '', 0, 0, 0, 0, 0, 0) RETURNING id")
        .insert(job, session_.now());
}

/// Who writes the store, and no other that has leased its job, is the only one who could be at a run: what still
/// counts as running was cut off. When, nobody knows, so finished_at stays empty.
void RunStore::close_interrupted()
{
    StoreSession::Transaction transaction(session_);
    std::set<std::string> leased;
    for (const auto& writer : session_.database().writers())
        for (const auto& lease : writer.leases)
            if (lease.kind == Lease::Kind::job)
                leased.insert(lease.name);
    std::vector<std::int64_t> cut_off;
    Statement running(session_.database(), "SELECT id, job FROM run WHERE outcome = 'running' ORDER BY id");
    while (running.step())
        if (!leased.contains(running.text(1)))
            cut_off.push_back(running.integer(0));
    Statement close(session_.database(),
                    "UPDATE run SET outcome = 'stopped', message = 'interrupted: the program ended"
                    " before the run did' WHERE id = $1 RETURNING id");
    for (const auto run : cut_off)
        link_ended(session_.database(), close.bind(run));
    transaction.commit();
}

void RunStore::close_unrecorded(const std::string& job)
{
    StoreSession::Transaction transaction(session_);
    Statement row(session_.database(), "UPDATE run SET outcome = 'failed',"
                                       " message = 'interrupted: its end could not be recorded'"
                                       " WHERE outcome = 'running' AND job = $1 RETURNING id");
    link_ended(session_.database(), row.bind(job));
    transaction.commit();
}

int RunStore::cut_off_in_row(const std::string& job, const std::string& payload) const
{
    Statement row(session_.database(), R"(
        SELECT count(*) FROM run r
        WHERE job = $1 AND outcome = 'stopped' AND finished_at IS NULL
            AND ($2 = '' OR EXISTS (SELECT 1 FROM run_payload p WHERE p.run_id = r.id AND p.payload_hash = $2))
            AND id > coalesce((SELECT max(id) FROM run
                               WHERE job = $1 AND outcome <> 'running' AND finished_at IS NOT NULL), 0))");
    row.bind(job, payload).step();
    return static_cast<int>(row.integer(0));
}

void RunStore::finish(const Run& run)
{
    StoreSession::Transaction transaction(session_);
    const auto finished = run.finished_at ? format_time(*run.finished_at) : session_.now();
    Statement(session_.database(), R"(
        UPDATE run SET dataset = $2, finished_at = $3, outcome = $4, message = $5, requests = $6, bytes = $7,
            cells = $8, rows = $9, revised = $10, suppressed = $11, vintage_id = $12, withdrawn = $13,
            relabelled = $14 WHERE id = $1)")
        .run(run.id, run.dataset, finished, to_string(run.outcome), run.message, run.requests, run.bytes,
             run.counts.cells, run.counts.rows, run.counts.revised, run.counts.suppressed,
             run.vintage == 0 ? std::nullopt : std::optional(run.vintage), run.counts.withdrawn,
             run.counts.relabelled);
    LogChain(session_.database()).add(LogItem::run, run.id);
    transaction.commit();
}

void RunStore::add_payload(std::int64_t run, const PayloadRef& payload)
{
    Statement(session_.database(), "INSERT INTO run_payload (run_id, position, payload_hash)"
                                   " SELECT $1, count(*), $2 FROM run_payload WHERE run_id = $1")
        .run(run, payload.hash);
}

std::vector<std::string> RunStore::payloads(std::int64_t run) const
{
    Statement row(session_.database(), "SELECT payload_hash FROM run_payload WHERE run_id = $1 ORDER BY position");
    row.bind(run);
    std::vector<std::string> hashes;
    while (row.step())
        hashes.push_back(row.text(0));
    return hashes;
}

std::vector<Run> RunStore::list(const std::string& job, std::size_t most, std::optional<Time> begun_by) const
{
    Statement row(session_.database(), R"(
        SELECT id, job, dataset, started_at, finished_at, outcome, message, requests, bytes, cells, rows, revised,
            suppressed, coalesce(vintage_id, 0), withdrawn, relabelled
        FROM run WHERE ($1 = '' OR job = $1) AND ($3 = '' OR started_at <= $3) ORDER BY id DESC LIMIT $2)");
    row.bind(job, std::min<std::size_t>(most, INT64_MAX), optional_text(begun_by).value_or(""));
    std::vector<Run> found;
    while (row.step())
        found.push_back(read_run(row));
    return found;
}

/// As the view source_health, job by job: each question is answered from the end of the job's runs, however many
/// there are.
std::vector<SourceHealth> RunStore::health() const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    Statement next_job(session_.database(), "SELECT min(job) FROM run WHERE job > $1");
    Statement newest(session_.database(), R"(
        SELECT id, job, dataset, started_at, finished_at, outcome, message, requests, bytes, cells, rows, revised,
            suppressed, coalesce(vintage_id, 0), withdrawn, relabelled
        FROM run WHERE job = $1 ORDER BY id DESC LIMIT 1)");
    Statement success(session_.database(), R"(
        SELECT id, finished_at FROM run WHERE job = $1 AND outcome NOT IN ('running', 'failed', 'stopped')
        ORDER BY id DESC LIMIT 1)");
    Statement failures(session_.database(),
                       "SELECT count(*) FROM run WHERE job = $1 AND id > $2 AND outcome = 'failed'");
    std::vector<SourceHealth> found;
    for (std::string job; next_job.bind(job).step() && !next_job.is_null(0);) {
        job = next_job.text(0);
        newest.bind(job).step();
        const bool has_succeeded = success.bind(job).step();
        failures.bind(job, has_succeeded ? success.integer(0) : 0).step();
        found.push_back({job, read_run(newest), has_succeeded ? optional_time(success, 1) : std::nullopt,
                         static_cast<int>(failures.integer(0))});
    }
    return found;
}

} // namespace skurd
