#include "store/clock_store.hpp"

#include "store/columns.hpp"

namespace skurd {

namespace {

std::optional<HeardTime> heard_as(Database& database, const char* kind)
{
    Statement row(database, "SELECT host, theirs, ours FROM clock_evidence WHERE kind = $1");
    if (!row.bind(kind).step())
        return std::nullopt;
    return HeardTime{row.text(0), time_from(row.view(1)), time_from(row.view(2))};
}

void store_as(Database& database, const char* kind, const std::optional<HeardTime>& heard)
{
    if (heard)
        Statement(database, "INSERT INTO clock_evidence (kind, host, theirs, ours) VALUES ($1, $2, $3, $4)")
            .run(kind, heard->host, format_time(heard->theirs), format_time(heard->ours));
}

} // namespace

ClockEvidence ClockStore::evidence() const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    return {heard_as(session_.database(), "agreed"), heard_as(session_.database(), "differs")};
}

void ClockStore::hear(const HeardTime& heard)
{
    const auto before = evidence();
    const auto after = after_hearing(before, heard);
    if (after == before)
        return;
    StoreSession::Transaction transaction(session_);
    Statement(session_.database(), "DELETE FROM clock_evidence").run();
    store_as(session_.database(), "agreed", after.agreed);
    store_as(session_.database(), "differs", after.differs);
    transaction.commit();
}

} // namespace skurd
