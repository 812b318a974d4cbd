#include "store/run_store.hpp"
#include "store/columns.hpp"

#include <algorithm>
#include <array>

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

} // namespace

std::int64_t RunStore::start(const std::string& job)
{
    return Statement(session_.database(),
                     "INSERT INTO run (job, dataset, started_at, outcome, message, requests, bytes, cells, rows,"
                     " revised, suppressed) VALUES ($1, '', $2, 'running', '', 0, 0, 0, 0, 0, 0) RETURNING id")
        .insert(job, session_.now());
}

/// Who holds the lock is the only one who could be at a run: what still counts as running was cut off. When, nobody
/// knows, so finished_at stays empty.
void RunStore::close_interrupted()
{
    Statement(session_.database(), "UPDATE run SET outcome = 'stopped',"
                                   " message = 'interrupted: the program ended before the run did'"
                                   " WHERE outcome = 'running'")
        .run();
}

void RunStore::close_unrecorded(const std::string& job)
{
    Statement(session_.database(), "UPDATE run SET outcome = 'failed',"
                                   " message = 'interrupted: its end could not be recorded'"
                                   " WHERE outcome = 'running' AND job = $1")
        .run(job);
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
    const auto finished = run.finished_at ? format_time(*run.finished_at) : session_.now();
    Statement(session_.database(), R"(
        UPDATE run SET dataset = $2, finished_at = $3, outcome = $4, message = $5, requests = $6, bytes = $7,
            cells = $8, rows = $9, revised = $10, suppressed = $11, vintage_id = $12, withdrawn = $13,
            relabelled = $14 WHERE id = $1)")
        .run(run.id, run.dataset, finished, to_string(run.outcome), run.message, run.requests, run.bytes,
             run.counts.cells, run.counts.rows, run.counts.revised, run.counts.suppressed,
             run.vintage == 0 ? std::nullopt : std::optional(run.vintage), run.counts.withdrawn,
             run.counts.relabelled);
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

std::vector<Run> RunStore::list(const std::string& job, std::size_t most) const
{
    Statement row(session_.database(), R"(
        SELECT id, job, dataset, started_at, finished_at, outcome, message, requests, bytes, cells, rows, revised,
            suppressed, coalesce(vintage_id, 0), withdrawn, relabelled
        FROM run WHERE $1 = '' OR job = $1 ORDER BY id DESC LIMIT $2)");
    row.bind(job, std::min<std::size_t>(most, INT64_MAX));
    std::vector<Run> found;
    while (row.step())
        found.push_back(read_run(row));
    return found;
}

std::vector<SourceHealth> RunStore::health() const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    Statement row(session_.database(),
                  "SELECT job, last_success_at, failures_in_row FROM source_health ORDER BY job");
    std::vector<SourceHealth> found;
    while (row.step()) {
        const auto last = list(row.text(0), 1);
        found.push_back({row.text(0), last.empty() ? std::nullopt : std::optional(last.front()),
                         optional_time(row, 1), static_cast<int>(row.integer(2))});
    }
    return found;
}

} // namespace skurd
