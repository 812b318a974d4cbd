#include "store/job_store.hpp"
#include "store/columns.hpp"
#include "store/engine/statement.hpp"

namespace skurd {

JobState JobStore::state(const std::string& job) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    JobState state;
    Statement row(session_.database(),
                  "SELECT input_hash, newest_vintage_id, published_at, announced_at FROM job_state WHERE job = $1");
    if (row.bind(job).step()) {
        state.input_hash = row.text(0);
        state.newest_vintage = row.integer(1);
        state.published_at = optional_time(row, 2);
        state.announced_at = optional_time(row, 3);
    }
    Statement entry(session_.database(), "SELECT name, value FROM connector_state WHERE job = $1");
    entry.bind(job);
    while (entry.step())
        state.connector.emplace(entry.text(0), entry.text(1));
    return state;
}

void JobStore::store_state(const std::string& job, const JobState& state)
{
    StoreSession::Transaction transaction(session_);
    Statement(session_.database(), R"(
        INSERT INTO job_state (job, input_hash, newest_vintage_id, published_at, announced_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (job) DO UPDATE SET input_hash = excluded.input_hash,
            newest_vintage_id = excluded.newest_vintage_id, published_at = excluded.published_at,
            announced_at = excluded.announced_at)")
        .run(job, state.input_hash, state.newest_vintage == 0 ? std::nullopt : std::optional(state.newest_vintage),
             optional_text(state.published_at), optional_text(state.announced_at));
    Statement(session_.database(), "DELETE FROM connector_state WHERE job = $1").run(job);
    Statement insert(session_.database(), "INSERT INTO connector_state (job, name, value) VALUES ($1, $2, $3)");
    for (const auto& [name, value] : state.connector)
        insert.run(job, name, value);
    transaction.commit();
}

} // namespace skurd
