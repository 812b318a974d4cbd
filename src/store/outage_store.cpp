#include "store/outage_store.hpp"
#include "store/columns.hpp"

namespace skurd {

namespace {

/// Of a statement that gives id, concern, about, began_at, ended_at.
std::vector<Outage> read_outages(Database& database, Statement& row)
{
    std::vector<Outage> found;
    Statement cause(database, "SELECT key, job, text_nb, text_en, began_seq, began_at FROM outage_cause"
                              " WHERE outage_id = $1 ORDER BY key");
    while (row.step()) {
        Outage outage{row.integer(0), enum_from<Concern>(row.view(1)), row.text(2), time_from(row.view(3)),
                      optional_time(row, 4)};
        cause.bind(outage.id);
        while (cause.step())
            outage.causes.push_back({cause.text(0),
                                     cause.text(1),
                                     {cause.text(2), cause.text(3)},
                                     cause.integer(4),
                                     time_from(cause.view(5))});
        found.push_back(std::move(outage));
    }
    return found;
}

} // namespace

std::vector<Outage> OutageStore::open() const
{
    Statement row(session_.database(), "SELECT id, concern, about, began_at, ended_at FROM outage"
                                       " WHERE ended_at IS NULL ORDER BY id");
    return read_outages(session_.database(), row);
}

std::vector<Outage> OutageStore::since(std::int64_t seq) const
{
    Statement row(session_.database(), "SELECT id, concern, about, began_at, ended_at FROM outage"
                                       " WHERE began_seq > $1 OR ended_seq > $1 OR EXISTS (SELECT 1 FROM outage_cause"
                                       " WHERE outage_id = outage.id AND outage_cause.began_seq > $1) ORDER BY id");
    row.bind(seq);
    return read_outages(session_.database(), row);
}

std::int64_t OutageStore::newest() const
{
    return session_.database().integer("SELECT max(seq) FROM (SELECT coalesce(max(began_seq), 0) AS seq FROM outage"
                                       " UNION ALL SELECT coalesce(max(ended_seq), 0) FROM outage"
                                       " UNION ALL SELECT coalesce(max(began_seq), 0) FROM outage_cause) AS numbers");
}

std::int64_t OutageStore::begin(const Outage& outage)
{
    StoreSession::Transaction transaction(session_);
    const auto seq = newest() + 1;
    const auto id = Statement(session_.database(), "INSERT INTO outage (concern, about, began_at, began_seq)"
                                                   " VALUES ($1, $2, $3, $4) RETURNING id")
                        .insert(to_string(outage.concern), outage.about, format_time(outage.began_at), seq);
    for (const auto& cause : outage.causes)
        add(id, cause, seq, outage.began_at);
    transaction.commit();
    return id;
}

void OutageStore::join(std::int64_t id, const OutageCause& cause, Time at)
{
    add(id, cause, newest() + 1, at);
}

void OutageStore::add(std::int64_t id, const OutageCause& cause, std::int64_t seq, Time at)
{
    Statement(session_.database(), R"(
        INSERT INTO outage_cause (outage_id, key, job, text_nb, text_en, began_seq, began_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (outage_id, key) DO UPDATE SET text_nb = excluded.text_nb, text_en = excluded.text_en)")
        .run(id, cause.key, cause.job, cause.text.nb, cause.text.en, seq, format_time(at));
}

void OutageStore::end(std::int64_t id, Time at)
{
    Statement(session_.database(), "UPDATE outage SET ended_at = $2, ended_seq = $3 WHERE id = $1")
        .run(id, format_time(at), newest() + 1);
}

void OutageStore::expire(Time before, std::size_t most)
{
    Statement(session_.database(), R"(
        DELETE FROM outage WHERE ended_at IS NOT NULL AND ended_seq < $3 AND (ended_at < $1 OR id <= (
            SELECT coalesce(min(id), 0) FROM (SELECT id FROM outage ORDER BY id DESC LIMIT 1 OFFSET $2) AS oldest)))")
        .run(format_time(before), most, newest());
}

} // namespace skurd
