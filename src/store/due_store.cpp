#include "store/due_store.hpp"

#include "store/columns.hpp"
#include "store/engine/statement.hpp"

namespace skurd {

std::map<std::string, DueState> DueStore::all() const
{
    std::map<std::string, DueState> found;
    Statement row(session_.database(), "SELECT job, settled_until, tried_at, tries FROM job_due ORDER BY job");
    while (row.step())
        found[row.text(0)] = {time_from(row.view(1)), optional_time(row, 2), static_cast<int>(row.integer(3))};
    return found;
}

void DueStore::store(const std::string& job, const DueState& state)
{
    Statement(session_.database(), R"(
        INSERT INTO job_due (job, settled_until, tried_at, tries) VALUES ($1, $2, $3, $4)
        ON CONFLICT (job) DO UPDATE SET settled_until = excluded.settled_until, tried_at = excluded.tried_at,
            tries = excluded.tries)")
        .run(job, format_time(state.settled_until), optional_text(state.tried_at), state.tries);
}

} // namespace skurd
