#include "store/pace_store.hpp"
#include "store/columns.hpp"
#include "store/engine/statement.hpp"

namespace skurd {

std::vector<HostPace> PaceStore::hosts() const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    std::vector<HostPace> found;
    Statement row(session_.database(), "SELECT host, held_until FROM host_pace ORDER BY host");
    Statement call(session_.database(), "SELECT called_at FROM host_call WHERE host = $1 ORDER BY position");
    while (row.step()) {
        HostPace pace{row.text(0), parse_time(row.view(1)), {}};
        call.bind(pace.host);
        while (call.step())
            if (const auto called_at = parse_time(call.view(0)))
                pace.calls.push_back(*called_at);
        found.push_back(std::move(pace));
    }
    return found;
}

void PaceStore::store(const std::vector<HostPace>& hosts)
{
    StoreSession::Transaction transaction(session_);
    Statement(session_.database(), "DELETE FROM host_call").run();
    Statement(session_.database(), "DELETE FROM host_pace").run();
    Statement host(session_.database(), "INSERT INTO host_pace (host, held_until) VALUES ($1, $2)");
    Statement call(session_.database(), "INSERT INTO host_call (host, position, called_at) VALUES ($1, $2, $3)");
    for (const auto& pace : hosts) {
        host.run(pace.host, optional_text(pace.held_until));
        for (std::size_t i = 0; i < pace.calls.size(); ++i)
            call.run(pace.host, i, format_time(pace.calls[i]));
    }
    transaction.commit();
}

} // namespace skurd
