#include "store/sqlite/schema_differences.hpp"

#include "store/engine/statement.hpp"
#include "store/sqlite/migrations.hpp"

#include <map>

namespace skurd {

namespace {

/// What SQLite makes for itself is left out: its statistics, and the indexes of keys, which have no text. So are the
/// datasets' own views, which are held against the datasets (store/derived.hpp).
std::map<std::string, std::string> schema_of(SqliteDatabase& database)
{
    std::map<std::string, std::string> found;
    Statement row(database, "SELECT type || ' ' || name, sql FROM sqlite_schema"
                            " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite#_%' ESCAPE '#'"
                            " AND NOT (type = 'view' AND name LIKE 'data#_%' ESCAPE '#')");
    while (row.step())
        found.emplace(row.text(0), row.text(1));
    return found;
}

/// A store in memory has no history: its migrations were at no time.
class NoClock final : public Clock {
public:
    Time now() const override { return {}; }
    bool wait(std::chrono::milliseconds, std::stop_token) override { return true; }
};

/// That of a store which this program makes, in memory.
std::map<std::string, std::string> made_schema()
{
    SqliteDatabase made(":memory:", SqliteDatabase::Access::write);
    migrate(made, NoClock());
    return schema_of(made);
}

} // namespace

std::vector<std::string> schema_differences(SqliteDatabase& database)
{
    static const auto right = made_schema();
    const auto there = schema_of(database);
    std::vector<std::string> found;
    for (const auto& [name, sql] : right) {
        const auto at = there.find(name);
        if (at == there.end())
            found.push_back(fmt::format("the {} is gone", name));
        else if (at->second != sql)
            found.push_back(fmt::format("the {} is not the one that skurd makes", name));
    }
    for (const auto& [name, sql] : there) {
        if (!right.contains(name))
            found.push_back(fmt::format("the {} is not one of skurd's", name));
    }
    Statement own(database, "SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'data#_%' ESCAPE '#'"
                            " AND name NOT IN (SELECT view_name FROM dataset WHERE view_name IS NOT NULL)");
    while (own.step())
        found.push_back(fmt::format("the view {} is no dataset's", own.view(0)));
    return found;
}

} // namespace skurd
