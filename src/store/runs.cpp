#include "store/impl.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::array<std::string_view, 5> outcome_words = {"running", "new vintage", "nothing new", "no file",
                                                           "failed"};

constexpr auto run_columns = "id, job, dataset, started_at, finished_at, outcome, message, requests, bytes, cells,"
                             " rows, revised, suppressed, coalesce(vintage_id, 0), withdrawn, relabelled";

Run read_run(const Statement& row)
{
    Run run;
    run.id = row.integer(0);
    run.job = row.text(1);
    run.dataset = row.text(2);
    run.started_at = time_from(row.view(3));
    run.finished_at = optional_time(row, 4);
    run.outcome = enum_from<RunOutcome>(row.view(5), outcome_words.size());
    run.message = row.text(6);
    run.requests = static_cast<int>(row.integer(7));
    run.bytes = row.integer(8);
    run.cells = row.integer(9);
    run.rows = row.integer(10);
    run.revised = row.integer(11);
    run.suppressed = row.integer(12);
    run.vintage = row.integer(13);
    run.withdrawn = row.integer(14);
    run.relabelled = row.integer(15);
    return run;
}

} // namespace

std::string_view to_string(RunOutcome outcome)
{
    return outcome_words[static_cast<std::size_t>(outcome)];
}

std::int64_t Store::start_run(const std::string& job)
{
    Statement(impl_->db, "INSERT INTO run (job, dataset, started_at, outcome, message, requests, bytes, cells, rows,"
                         " revised, suppressed) VALUES (?, '', ?, 'running', '', 0, 0, 0, 0, 0, 0)")
        .run(job, impl_->now());
    return impl_->db.last_insert_id();
}

/// Who holds the lock is the only one who could be at a run: what still counts as running was cut off. When, nobody
/// knows, so finished_at stays empty.
void Store::close_interrupted_runs(std::string_view why)
{
    Statement(impl_->db,
              "UPDATE run SET outcome = 'failed', message = 'interrupted: ' || ? WHERE outcome = 'running'")
        .run(why);
}

void Store::finish_run(const Run& run)
{
    const auto finished = run.finished_at ? format_time(*run.finished_at) : impl_->now();
    Statement(impl_->db, R"(
        UPDATE run SET dataset = ?2, finished_at = ?3, outcome = ?4, message = ?5, requests = ?6, bytes = ?7,
            cells = ?8, rows = ?9, revised = ?10, suppressed = ?11, vintage_id = ?12, withdrawn = ?13,
            relabelled = ?14 WHERE id = ?1)")
        .run(run.id, run.dataset, finished, to_string(run.outcome), run.message, run.requests, run.bytes, run.cells,
             run.rows, run.revised, run.suppressed, run.vintage == 0 ? std::nullopt : std::optional(run.vintage),
             run.withdrawn, run.relabelled);
}

void Store::keep_run_payload(std::int64_t run, const PayloadRef& payload)
{
    Statement(impl_->db, "INSERT INTO run_payload (run_id, position, payload_hash)"
                         " SELECT ?1, count(*), ?2 FROM run_payload WHERE run_id = ?1")
        .run(run, payload.hash);
}

std::vector<std::string> Store::run_payloads(std::int64_t run) const
{
    Statement row(impl_->db, "SELECT payload_hash FROM run_payload WHERE run_id = ? ORDER BY position");
    row.bind(run);
    std::vector<std::string> hashes;
    while (row.step())
        hashes.push_back(row.text(0));
    return hashes;
}

std::vector<Run> Store::runs(const std::string& job, std::size_t most) const
{
    Statement row(impl_->db,
                  fmt::format("SELECT {} FROM run WHERE ?1 = '' OR job = ?1 ORDER BY id DESC LIMIT ?2", run_columns));
    row.bind(job, std::min<std::size_t>(most, INT64_MAX));
    std::vector<Run> found;
    while (row.step())
        found.push_back(read_run(row));
    return found;
}

std::vector<SourceHealth> Store::health() const
{
    const Database::Transaction one_view(impl_->db, Database::Purpose::read);
    Statement row(impl_->db, "SELECT job, last_success_at, failures_in_row FROM source_health ORDER BY job");
    std::vector<SourceHealth> found;
    while (row.step()) {
        const auto last = runs(row.text(0), 1);
        found.push_back({row.text(0), last.empty() ? std::nullopt : std::optional(last.front()),
                         optional_time(row, 1), static_cast<int>(row.integer(2))});
    }
    return found;
}

std::map<std::string, std::string> Store::connector_state(const std::string& job) const
{
    Statement row(impl_->db, "SELECT name, value FROM connector_state WHERE job = ?");
    row.bind(job);
    std::map<std::string, std::string> state;
    while (row.step())
        state.emplace(row.text(0), row.text(1));
    return state;
}

void Store::keep_connector_state(const std::string& job, const std::map<std::string, std::string>& state)
{
    Database::Transaction transaction(impl_->db);
    Statement(impl_->db, "DELETE FROM connector_state WHERE job = ?").run(job);
    Statement insert(impl_->db, "INSERT INTO connector_state (job, name, value) VALUES (?, ?, ?)");
    for (const auto& [name, value] : state)
        insert.run(job, name, value);
    transaction.commit();
}

} // namespace skurd
