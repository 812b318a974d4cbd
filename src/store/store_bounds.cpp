#include "store/store_bounds.hpp"

#include "store/columns.hpp"
#include "store/payload_store.hpp"
#include "store/run_store.hpp"

#include <filesystem>
#include <system_error>

namespace skurd {

namespace {

constexpr std::size_t rows_at_once = 100; ///< in one transaction, so that no run or order waits for it

std::vector<std::int64_t> ids_of(Statement& row)
{
    std::vector<std::int64_t> ids;
    while (row.step())
        ids.push_back(row.integer(0));
    return ids;
}

/// Whether anything at all points to the payload.
constexpr auto is_referred_to = R"(
    SELECT EXISTS (SELECT 1 FROM run_payload WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM vintage WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM confirmation WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM held_withdrawal WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM quarantine WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM signed_rendering WHERE payload_hash = $1))";

/// Whether something points to it whose bytes are evidence, a run that was given it and made no release aside.
constexpr auto is_evidence = R"(
    SELECT EXISTS (SELECT 1 FROM vintage WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM confirmation WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM held_withdrawal WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM quarantine WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM signed_rendering WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM expired_payload WHERE payload_hash = $1)
        OR EXISTS (SELECT 1 FROM run_payload AS p WHERE p.payload_hash = $1
                   AND (EXISTS (SELECT 1 FROM vintage AS v WHERE v.run_id = p.run_id)
                        OR EXISTS (SELECT 1 FROM confirmation AS c WHERE c.run_id = p.run_id))))";

bool holds(Database& database, const char* question, const std::string& hash)
{
    Statement row(database, question);
    return row.bind(hash).step() && row.integer(0) != 0;
}

} // namespace

std::size_t StoreBoundsKeeper::step()
{
    const auto entries = entries_to_go();
    const auto runs = runs_to_go();
    if (entries.empty() && runs.empty())
        return 0;
    StoreSession::Transaction transaction(session_);
    for (const auto entry : entries)
        remove_entry(entry);
    for (const auto run : runs)
        remove_run(run);
    transaction.commit();
    // The rows first: a row whose file is gone would be damage, a file without a row is only room that is not freed.
    const PayloadStore payloads(session_);
    for (const auto& hash : files_to_go_) {
        std::error_code ignored;
        std::filesystem::remove(payloads.file(hash), ignored);
    }
    files_to_go_.clear();
    return entries.size() + runs.size();
}

std::vector<std::int64_t> StoreBoundsKeeper::runs_to_go() const
{
    std::vector<std::int64_t> found;
    Statement next_job(session_.database(), "SELECT min(job) FROM run WHERE job > $1");
    for (std::string job; next_job.bind(job).step() && !next_job.is_null(0) && found.size() < rows_at_once;) {
        job = next_job.text(0);
        const auto more = runs_to_go(job, rows_at_once - found.size());
        found.insert(found.end(), more.begin(), more.end());
    }
    return found;
}

std::vector<std::int64_t> StoreBoundsKeeper::runs_to_go(const std::string& job, std::size_t most) const
{
    Statement row(session_.database(), R"(
        SELECT r.id FROM run AS r
        WHERE r.job = $1 AND r.started_at < $3 AND r.outcome <> 'running'
          AND r.id <= (SELECT n.id FROM run AS n WHERE n.job = $1 ORDER BY n.id DESC LIMIT 1 OFFSET $2)
          AND r.id <> coalesce((SELECT g.id FROM run AS g WHERE g.job = $1
                AND g.outcome NOT IN ('running', 'failed', 'stopped') ORDER BY g.id DESC LIMIT 1), 0)
          AND NOT EXISTS (SELECT 1 FROM vintage AS v WHERE v.run_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM confirmation AS c WHERE c.run_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM held_withdrawal AS h WHERE h.run_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM dataset_schema AS s WHERE s.run_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM drift AS d WHERE d.run_id = r.id)
          AND NOT EXISTS (SELECT 1 FROM quarantine AS q WHERE q.run_id = r.id)
        ORDER BY r.id LIMIT $4)");
    row.bind(job, bounds_.runs, format_time(session_.clock().now() - bounds_.runs_for), most);
    return ids_of(row);
}

std::vector<std::int64_t> StoreBoundsKeeper::entries_to_go() const
{
    Statement row(session_.database(), "SELECT id FROM quarantine WHERE ended_at < $1 ORDER BY id LIMIT $2");
    row.bind(format_time(session_.clock().now() - bounds_.quarantine_for), rows_at_once);
    return ids_of(row);
}

void StoreBoundsKeeper::remove_run(std::int64_t run)
{
    const auto given = RunStore(session_).payloads(run);
    Statement(session_.database(), "DELETE FROM run_payload WHERE run_id = $1").run(run);
    Statement(session_.database(), "DELETE FROM run WHERE id = $1").run(run);
    for (const auto& hash : given)
        if (!holds(session_.database(), is_referred_to, hash))
            forget_payload(hash);
}

void StoreBoundsKeeper::remove_entry(std::int64_t entry)
{
    Statement row(session_.database(), "SELECT payload_hash FROM quarantine WHERE id = $1");
    row.bind(entry).step();
    const auto hash = row.text(0);
    row.reset();
    Statement(session_.database(), "DELETE FROM quarantine_state WHERE quarantine_id = $1").run(entry);
    Statement(session_.database(), "DELETE FROM quarantine WHERE id = $1").run(entry);
    if (!hash.empty() && !holds(session_.database(), is_evidence, hash))
        expire_payload(hash);
}

void StoreBoundsKeeper::forget_payload(const std::string& hash)
{
    Statement(session_.database(), "DELETE FROM expired_payload WHERE payload_hash = $1").run(hash);
    Statement(session_.database(), "DELETE FROM payload_file WHERE payload_hash = $1").run(hash);
    Statement(session_.database(), "DELETE FROM payload WHERE hash = $1").run(hash);
    files_to_go_.push_back(hash);
}

/// Runs that were given it are kept, and say so.
void StoreBoundsKeeper::expire_payload(const std::string& hash)
{
    Statement known(session_.database(), "SELECT 1 FROM payload WHERE hash = $1");
    if (!known.bind(hash).step())
        return;
    known.reset();
    Statement(session_.database(), "INSERT INTO expired_payload (payload_hash, reason, at) VALUES ($1, $2, $3)")
        .run(hash, "was refused, and what was in quarantine ended long ago", session_.now());
    Statement(session_.database(), "DELETE FROM payload_file WHERE payload_hash = $1").run(hash);
    files_to_go_.push_back(hash);
}

} // namespace skurd
