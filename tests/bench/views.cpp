// The views of a table against a plain table with the same rows and columns: what it costs a reader that numbers have
// versions.
#include "base/error.hpp"
#include "store/engine/statement.hpp"
#include "store/sqlite/sqlite_database.hpp"
#include "tests/bench/harvest.hpp"
#include "tests/bench/questions.hpp"

#include <fmt/format.h>

#include <vector>

namespace skurd::bench {

namespace {

constexpr double view_to_plain_max = 2;
constexpr std::size_t revisions_of_some = 2;    ///< of three numbers in ten
constexpr std::size_t other_datasets = 7;       ///< of the same size, so that the table is one of many
constexpr std::size_t revisions_of_others = 13; ///< likewise; all in all ten million rows of 23 releases
constexpr std::size_t few_numbers = 8;          ///< fewer than are asked for
constexpr double at_once_max = 100;             ///< milliseconds

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

/// What is published of one table: it, and then revisions of three numbers in ten.
class Published {
public:
    Published(const Shape& shape, std::size_t number)
        : name_(number == 0 ? dataset : fmt::format("{}{}", dataset, number)), table_(shape, number + 1)
    {
    }

    void harvest(Harvest& harvest) { harvest.ingest(table_.json(harvest.published()), name_); }

    void revise_and_harvest(Harvest& harvest, std::size_t numbers)
    {
        table_.revise(numbers);
        this->harvest(harvest);
    }

private:
    std::string name_;
    Table table_;
};

/// Ten million rows, of which those of `dataset` are an eighth; the newest release changes few numbers.
void fill(const std::filesystem::path& state, const Shape& shape)
{
    Harvest harvest(state);
    std::vector<Published> all;
    for (std::size_t i = 0; i <= other_datasets; ++i)
        all.emplace_back(shape, i).harvest(harvest);
    for (std::size_t i = 0; i < revisions_of_others; ++i)
        all.at(1 + i % other_datasets).revise_and_harvest(harvest, shape.cells() * 3 / 10);
    for (std::size_t i = 0; i < revisions_of_some; ++i)
        all.front().revise_and_harvest(harvest, shape.cells() * 3 / 10);
    all.front().revise_and_harvest(harvest, few_numbers);
}

} // namespace

void ask_views(const Setup& setup, const Sheet& sheet)
{
    const auto state = setup.folder / "viewed";
    std::filesystem::remove_all(state);
    fill(state, setup.shape);
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
    at_once("views.newest_history", "SELECT * FROM observation_history ORDER BY published_from DESC LIMIT 20");
    const auto release = database.integer("SELECT max(id) FROM vintage");
    at_once("views.release", fmt::format("SELECT * FROM current_observation WHERE vintage_id = {}", release));
    const auto commit = database.integer("SELECT max(seq) FROM commit_log");
    at_once("views.since", fmt::format("SELECT * FROM observation_history WHERE commit_seq >= {}", commit));
    at_once("views.datasets", "SELECT * FROM datasets");
}

} // namespace skurd::bench
