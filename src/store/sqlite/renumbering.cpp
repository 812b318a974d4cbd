#include "store/sqlite/renumbering.hpp"

#include "lib/zstd/zstd.hpp"
#include "store/coverage_table.hpp"
#include "store/engine/statement.hpp"
#include "version/stable_id.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <vector>

namespace skurd {

namespace {

using NewIds = std::map<std::int64_t, std::int64_t>; ///< by the old id

NewIds renumber_periods(Database& database)
{
    NewIds ids;
    Statement insert(database, "INSERT INTO new_period (old, id) VALUES ($1, $2)");
    Statement row(database, "SELECT id, text FROM period");
    while (row.step()) {
        const auto id = stored_period_id(row.view(1));
        ids[row.integer(0)] = id;
        insert.run(row.integer(0), id);
    }
    return ids;
}

void renumber_statuses(Database& database)
{
    Statement insert(database, "INSERT INTO new_status (old, id) VALUES ($1, $2)");
    Statement row(database, "SELECT id, text, meaning FROM status");
    while (row.step())
        insert.run(row.integer(0), status_id({row.text(1), meaning_from(row.view(2))}));
}

/// The same cells with other ids of periods, which may put the periods in another order.
StatedCells renumbered(const StatedCells& old, const NewIds& ids)
{
    std::vector<std::int64_t> periods;
    old.periods.for_each([&](std::int64_t id) { periods.push_back(ids.at(id)); });
    std::vector<std::size_t> by_id(periods.size());
    std::iota(by_id.begin(), by_id.end(), std::size_t(0));
    std::sort(by_id.begin(), by_id.end(), [&](auto a, auto b) { return periods[a] < periods[b]; });

    StatedCells made;
    made.series = old.series;
    std::vector<std::int64_t> new_place(periods.size()); // by the old one
    for (std::size_t place = 0; place < by_id.size(); ++place) {
        made.periods.add(periods[by_id[place]]);
        new_place[by_id[place]] = static_cast<std::int64_t>(place);
    }
    std::vector<std::int64_t> absent;
    const auto width = static_cast<std::int64_t>(periods.size());
    old.absent.for_each([&](std::int64_t index) {
        absent.push_back(index - index % width + new_place[static_cast<std::size_t>(index % width)]);
    });
    std::sort(absent.begin(), absent.end());
    for (const auto index : absent)
        made.absent.add(index);
    return made;
}

/// The datasets whose releases have the coverage; those of its series where no release has it.
std::set<std::int64_t> datasets_of(Database& database, std::int64_t coverage, const StatedCells& stated)
{
    std::set<std::int64_t> datasets;
    Statement user(database, "SELECT dataset_id FROM vintage WHERE coverage_id = $1 UNION SELECT v.dataset_id"
                             " FROM confirmation AS c JOIN vintage AS v ON v.id = c.vintage_id"
                             " WHERE c.coverage_id = $1");
    user.bind(coverage);
    while (user.step())
        datasets.insert(user.integer(0));
    if (!datasets.empty())
        return datasets;
    Statement owner(database, "SELECT dataset_id FROM series WHERE id = $1");
    stated.series.for_each([&](std::int64_t series) {
        if (datasets.empty() && owner.bind(series).step())
            datasets.insert(owner.integer(0));
    });
    return datasets;
}

void renumber_coverages(Database& database, const NewIds& periods)
{
    auto next = database.integer("SELECT coalesce(max(id), 0) + 1 FROM coverage");
    Statement insert(database, "INSERT INTO new_coverage (old, dataset_id, id, hash, periods, absent)"
                               " VALUES ($1, $2, $3, $4, $5, $6)");
    Statement row(database, "SELECT id FROM coverage");
    while (row.step()) {
        const auto old = load_coverage(database, 0, row.integer(0));
        const auto made = renumbered(old, periods);
        const auto absent = made.absent.text();
        const auto hash = coverage_hash(made.series.text(), made.periods.text(), absent);
        auto id = row.integer(0);
        for (const auto dataset : datasets_of(database, row.integer(0), old)) {
            insert.bind(row.integer(0), dataset, id, hash, made.periods.text(), nullptr);
            if (!absent.empty())
                insert.bind_blob(6, zstd_compress(absent));
            insert.step();
            id = next++;
        }
    }
}

} // namespace

void prepare_computed_ids(SqliteDatabase& database)
{
    database.exec(R"(
        CREATE TEMP TABLE new_period (old INTEGER PRIMARY KEY, id INTEGER NOT NULL);
        CREATE TEMP TABLE new_status (old INTEGER PRIMARY KEY, id INTEGER NOT NULL);
        CREATE TEMP TABLE new_coverage (old INTEGER, dataset_id INTEGER, id INTEGER NOT NULL, hash TEXT NOT NULL,
            periods TEXT NOT NULL, absent BLOB, PRIMARY KEY (old, dataset_id));
        CREATE INDEX confirmation_coverage ON confirmation (coverage_id);
        CREATE INDEX vintage_coverage ON vintage (coverage_id);)");
    const auto periods = renumber_periods(database);
    renumber_statuses(database);
    renumber_coverages(database, periods);
    database.exec("DROP INDEX confirmation_coverage; DROP INDEX vintage_coverage");
}

} // namespace skurd
