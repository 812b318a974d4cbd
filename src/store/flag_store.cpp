#include "store/flag_store.hpp"
#include "store/actor_uid_store.hpp"
#include "store/columns.hpp"

namespace skurd {

namespace {

/// Gives the event's id.
std::int64_t add_event(Database& database, const Flag& flag, std::int64_t id, std::string_view event,
                       const std::string& at, std::int64_t ingest)
{
    Statement row(database,
                  "INSERT INTO flag_event (flag_id, at, event, state, inputs, text_nb, text_en, note, actor,"
                  " origin, ingest_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
                  " RETURNING id");
    row.bind(id, at, event, to_string(flag.state), flag.inputs, flag.text_nb, flag.text_en, flag.note, flag.actor,
             flag.origin, ingest);
    row.step();
    return row.integer(0);
}

Flag read_flag(const Statement& row)
{
    Flag flag;
    flag.id = row.integer(0);
    flag.kind = enum_from<FlagKind>(row.view(1));
    flag.state = enum_from<FlagState>(row.view(2));
    flag.key = row.text(3);
    flag.indicator = static_cast<int>(row.integer(4));
    flag.period = row.text(5);
    flag.inputs = row.text(6);
    flag.text_nb = row.text(7);
    flag.text_en = row.text(8);
    flag.raised_at = time_from(row.view(9));
    flag.changed_at = time_from(row.view(10));
    flag.note = row.text(11);
    flag.actor = row.text(12);
    flag.job = row.text(13);
    flag.origin = row.text(14);
    return flag;
}

std::string time_or_now(Time time, const std::string& now)
{
    return time == Time() ? now : format_time(time);
}

} // namespace

std::vector<Flag> FlagStore::list(const FlagQuery& query) const
{
    constexpr auto now = R"(
        SELECT id, kind, state, key, indicator, period, inputs, text_nb, text_en, raised_at, changed_at, note, actor,
            job, origin
        FROM flag WHERE (CAST($1 AS BIGINT) <> 0 OR state <> 'closed') AND ($2 = '' OR kind = $2)
          AND (CAST($3 AS BIGINT) = 0 OR indicator = $3) AND ($4 = '' OR job = $4) AND raised_at >= $5
          AND (CAST($6 AS BIGINT) = 0 OR id = $6)
        ORDER BY id)";
    constexpr auto then = R"(
        SELECT f.id, f.kind, e.state, f.key, f.indicator, f.period, e.inputs, e.text_nb, e.text_en, f.raised_at, e.at,
            e.note, e.actor, f.job, e.origin
        FROM flag AS f JOIN flag_event AS e ON e.id = (
            SELECT max(x.id) FROM flag_event AS x WHERE x.flag_id = f.id AND x.at <= $7)
        WHERE (CAST($1 AS BIGINT) <> 0 OR e.state <> 'closed') AND ($2 = '' OR f.kind = $2)
          AND (CAST($3 AS BIGINT) = 0 OR f.indicator = $3) AND ($4 = '' OR f.job = $4) AND f.raised_at >= $5
          AND (CAST($6 AS BIGINT) = 0 OR f.id = $6)
        ORDER BY f.id)";
    Statement row(session_.database(), query.at ? then : now);
    const auto kind = query.kind ? to_string(*query.kind) : "";
    const auto since = optional_text(query.raised_since).value_or("");
    if (query.at)
        row.bind(query.closed == Ended::included, kind, query.indicator, query.job, since, query.id,
                 format_time(*query.at));
    else
        row.bind(query.closed == Ended::included, kind, query.indicator, query.job, since, query.id);
    std::vector<Flag> found;
    while (row.step()) {
        found.push_back(read_flag(row));
        if (!session_.has_names())
            found.back().actor.clear();
    }
    return found;
}

std::vector<Flag> FlagStore::list(Ended closed) const
{
    return list(FlagQuery{.closed = closed});
}

std::optional<Flag> FlagStore::find(std::int64_t id) const
{
    auto found = list({.closed = Ended::included, .id = id});
    return id == 0 || found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::int64_t FlagStore::raise(const Flag& flag)
{
    StoreSession::Transaction transaction(session_);
    const auto now = session_.now();
    const auto id =
        Statement(
            session_.database(),
            "INSERT INTO flag (kind, state, key, indicator, period, inputs, text_nb, text_en, raised_at,"
            " changed_at, note, actor, job, origin) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
            " $14) RETURNING id")
            .insert(to_string(flag.kind), to_string(flag.state), flag.key, flag.indicator, flag.period, flag.inputs,
                    flag.text_nb, flag.text_en, time_or_now(flag.raised_at, now), time_or_now(flag.changed_at, now),
                    flag.note, flag.actor, flag.job, flag.origin);
    add_event(session_.database(), flag, id, "raised", time_or_now(flag.raised_at, now),
              transaction.record(CommitKind::flag));
    transaction.commit();
    return id;
}

std::int64_t FlagStore::change(const Flag& flag, std::string_view event)
{
    StoreSession::Transaction transaction(session_);
    const auto now = time_or_now(flag.changed_at, session_.now());
    Statement known(session_.database(), "SELECT 1 FROM flag WHERE id = $1");
    if (!known.bind(flag.id).step())
        throw usage_error("no flag {} is known: see skurd flags --all", flag.id);
    Statement(session_.database(),
              "UPDATE flag SET state = $2, inputs = $3, text_nb = $4, text_en = $5, changed_at = $6,"
              " note = $7, actor = $8, origin = $9 WHERE id = $1")
        .run(flag.id, to_string(flag.state), flag.inputs, flag.text_nb, flag.text_en, now, flag.note, flag.actor,
             flag.origin);
    const auto id = add_event(session_.database(), flag, flag.id, event, now, transaction.record(CommitKind::flag));
    transaction.commit();
    return id;
}

std::vector<RecordedFlagEvent> FlagStore::events(std::int64_t flag) const
{
    Statement row(session_.database(), R"(
        SELECT e.at, e.event, e.state, e.text_nb, e.text_en, e.note, e.actor, e.origin,
            (SELECT max(u.uid) FROM actor_uid AS u WHERE u.kind = 'acknowledgement' AND u.item = e.id)
        FROM flag_event AS e WHERE e.flag_id = $1 ORDER BY e.id)");
    row.bind(flag);
    std::vector<RecordedFlagEvent> events;
    while (row.step())
        events.push_back({time_from(row.view(0)), row.text(1), enum_from<FlagState>(row.view(2)), row.text(3),
                          row.text(4), row.text(5), row.text(6), row.text(7), uid_or_nothing(row, 8)});
    if (!session_.has_names())
        for (auto& event : events) {
            event.actor.clear();
            event.uid.reset();
        }
    return events;
}

std::map<std::pair<FlagKind, FlagState>, std::size_t> FlagStore::counts() const
{
    Statement row(session_.database(),
                  "SELECT kind, state, count(*) FROM flag WHERE state <> 'closed' GROUP BY kind, state");
    std::map<std::pair<FlagKind, FlagState>, std::size_t> counts;
    while (row.step())
        counts[{enum_from<FlagKind>(row.view(0)), enum_from<FlagState>(row.view(1))}] =
            static_cast<std::size_t>(row.integer(2));
    return counts;
}

} // namespace skurd
