// The views of a table against a plain table with the same rows and columns: what it costs a reader that numbers have
// versions.
#include "base/error.hpp"
#include "store/engine/statement.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "tests/bench/harvest.hpp"
#include "tests/bench/questions.hpp"

#include <fmt/format.h>

namespace skurd::bench {

namespace {

constexpr double view_to_plain_max = 2;
constexpr std::size_t revisions_of_some = 2; ///< of three numbers in ten
constexpr double at_once_max = 100;          ///< milliseconds

/// Steps through all rows, and looks at every column as a reader would.
void read_all(SqliteDatabase& database, const std::string& sql)
{
    Statement row(database, sql);
    std::size_t bytes = 0;
    while (row.step())
        for (int i = 0; i < row.columns(); ++i)
            bytes += row.view(i).size();
    if (bytes == 0)
        throw error("the bench itself is wrong: nothing is read by {}", sql);
}

void compare(const Setup& setup, const Sheet& sheet, SqliteDatabase& database, const std::string& name,
             const std::string& view, const std::string& plain)
{
    Pairs pairs;
    for (std::size_t i = 0; i < setup.repetitions; ++i) {
        const auto ours = cost_of([&] { read_all(database, view); });
        pairs.add(ours, cost_of([&] { read_all(database, plain); }));
    }
    sheet.pair("views." + name, pairs, view_to_plain_max);
    sheet.figure("views." + name + ".view", pairs.our_wall() * 1e3, "ms");
    sheet.figure("views." + name + ".plain", pairs.their_wall() * 1e3, "ms");
}

} // namespace

void ask_views(const Setup& setup, const Sheet& sheet)
{
    const auto state = setup.folder / "viewed";
    std::filesystem::remove_all(state);
    Table table(setup.shape);
    {
        Harvest harvest(state);
        for (std::size_t i = 0; i <= revisions_of_some; ++i) {
            harvest.ingest(table.json(harvest.published()));
            table.revise(table.cells().size() * 3 / 10);
        }
    }
    SqliteDatabase database(state / "skurd.db", SqliteDatabase::Access::write);
    const auto plain_of = [&](const std::string& name, const std::string& view) {
        database.exec(fmt::format("CREATE TABLE {} AS SELECT * FROM {} WHERE dataset = '{}'", name, view, dataset));
    };
    plain_of("plain_current", "current_observation");
    plain_of("plain_history", "observation_history");
    const auto of = [&](const std::string& view, const std::string& more = "") {
        return fmt::format("SELECT * FROM {} WHERE dataset = '{}'{}", view, dataset, more);
    };
    const auto newest = database.integer("SELECT max(period) FROM plain_current");
    const auto a_period = fmt::format(" AND period = '{}'", newest);
    const auto days = fmt::format(" AND first_day >= '{}-01-01'", newest - 4);
    compare(setup, sheet, database, "dataset", of("current_observation"), of("plain_current"));
    compare(setup, sheet, database, "period", of("current_observation", a_period), of("plain_current", a_period));
    compare(setup, sheet, database, "days", of("current_observation", days), of("plain_current", days));
    compare(setup, sheet, database, "history", of("observation_history"), of("plain_history"));
    const auto at_once = [&](const std::string& name, const std::string& sql) {
        sheet.at_most(name, cost_of([&] { read_all(database, sql); }).wall * 1e3, "ms", at_once_max);
    };
    at_once("views.newest_releases", "SELECT * FROM releases ORDER BY published_at DESC LIMIT 20");
    at_once("views.newest", "SELECT * FROM current_observation ORDER BY published_at DESC LIMIT 20");
    at_once("views.datasets", "SELECT * FROM datasets");
}

} // namespace skurd::bench
