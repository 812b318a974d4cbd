#include "store/job_store.hpp"
#include "lib/sqlite/statement.hpp"

namespace skurd {

std::map<std::string, std::string> JobStore::connector_state(const std::string& job) const
{
    Statement row(session_.database(), "SELECT name, value FROM connector_state WHERE job = ?");
    row.bind(job);
    std::map<std::string, std::string> state;
    while (row.step())
        state.emplace(row.text(0), row.text(1));
    return state;
}

void JobStore::store_connector_state(const std::string& job, const std::map<std::string, std::string>& state)
{
    Database::Transaction transaction(session_.database());
    Statement(session_.database(), "DELETE FROM connector_state WHERE job = ?").run(job);
    Statement insert(session_.database(), "INSERT INTO connector_state (job, name, value) VALUES (?, ?, ?)");
    for (const auto& [name, value] : state)
        insert.run(job, name, value);
    transaction.commit();
}

} // namespace skurd
