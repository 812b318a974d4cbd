#include "store/flag_store.hpp"
#include "store/columns.hpp"

namespace skurd {

namespace {

void add_event(Database& database, const Flag& flag, std::int64_t id, std::string_view event, const std::string& at)
{
    Statement(database, "INSERT INTO flag_event (flag_id, at, event, state, inputs, text_nb, text_en, note, person)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(id, at, event, to_string(flag.state), flag.inputs, flag.text_nb, flag.text_en, flag.note, flag.by);
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
    flag.by = row.text(12);
    return flag;
}

std::string time_or_now(Time time, const std::string& now)
{
    return time == Time() ? now : format_time(time);
}

} // namespace

std::vector<Flag> FlagStore::list(bool closed_too) const
{
    Statement row(session_.database(),
                  "SELECT id, kind, state, key, indicator, period, inputs, text_nb, text_en, raised_at,"
                  " changed_at, note, person FROM flag WHERE ? OR state <> 'closed' ORDER BY id");
    row.bind(closed_too);
    std::vector<Flag> found;
    while (row.step())
        found.push_back(read_flag(row));
    return found;
}

std::int64_t FlagStore::raise(const Flag& flag)
{
    Database::Transaction transaction(session_.database());
    const auto now = session_.now();
    Statement(session_.database(),
              "INSERT INTO flag (kind, state, key, indicator, period, inputs, text_nb, text_en, raised_at,"
              " changed_at, note, person) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .run(to_string(flag.kind), to_string(flag.state), flag.key, flag.indicator, flag.period, flag.inputs,
             flag.text_nb, flag.text_en, time_or_now(flag.raised_at, now), time_or_now(flag.changed_at, now),
             flag.note, flag.by);
    const auto id = session_.database().last_insert_id();
    add_event(session_.database(), flag, id, "raised", time_or_now(flag.raised_at, now));
    transaction.commit();
    return id;
}

void FlagStore::change(const Flag& flag, std::string_view event)
{
    Database::Transaction transaction(session_.database());
    const auto now = time_or_now(flag.changed_at, session_.now());
    Statement known(session_.database(), "SELECT 1 FROM flag WHERE id = ?");
    if (!known.bind(flag.id).step())
        throw usage_error("no flag {} is known: see skurd flags --all", flag.id);
    Statement(session_.database(),
              "UPDATE flag SET state = ?2, inputs = ?3, text_nb = ?4, text_en = ?5, changed_at = ?6,"
              " note = ?7, person = ?8 WHERE id = ?1")
        .run(flag.id, to_string(flag.state), flag.inputs, flag.text_nb, flag.text_en, now, flag.note, flag.by);
    add_event(session_.database(), flag, flag.id, event, now);
    transaction.commit();
}

std::vector<RecordedFlagEvent> FlagStore::events(std::int64_t flag) const
{
    Statement row(session_.database(), "SELECT at, event, state, text_nb, text_en, note, person FROM flag_event"
                                       " WHERE flag_id = ? ORDER BY id");
    row.bind(flag);
    std::vector<RecordedFlagEvent> events;
    while (row.step())
        events.push_back({time_from(row.view(0)), row.text(1), enum_from<FlagState>(row.view(2)), row.text(3),
                          row.text(4), row.text(5), row.text(6)});
    return events;
}

} // namespace skurd
