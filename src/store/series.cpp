#include "store/series.hpp"

#include "lib/json/json.hpp"
#include "lib/sqlite/batch_insert.hpp"
#include "lib/sqlite/statement.hpp"
#include "store/hashes.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace skurd {

namespace {

std::int64_t intern_source(Database& database, const std::string& dataset)
{
    const auto name = dataset.substr(0, dataset.find('/'));
    Statement known(database, "SELECT id FROM source WHERE name = ?");
    if (known.bind(name).step())
        return known.integer(0);
    Statement(database, "INSERT INTO source (name) VALUES (?)").run(name);
    return database.last_insert_id();
}

/// Finds or adds the parts of a dataset's description, and keeps account of what changes.
class Description {
public:
    Description(Database& database, Metadata metadata, std::vector<MetadataChange>& changes)
        : database_(database), metadata_(metadata), changes_(changes)
    {
    }

    std::int64_t intern_dataset(const Release& release);
    std::int64_t intern_dimension(std::int64_t dataset, const Dimension& dimension);
    std::vector<std::int64_t> intern_categories(std::int64_t dimension, const Dimension& release);

private:
    void note(std::string_view what, const std::string& category, std::string_view old_text,
              std::string_view new_text)
    {
        if (old_text != new_text)
            changes_.push_back({what, dimension_, category, std::string(old_text), std::string(new_text)});
    }

    Database& database_;
    Metadata metadata_;
    std::vector<MetadataChange>& changes_;
    std::string dimension_; ///< code of the one at hand
};

std::int64_t Description::intern_dataset(const Release& release)
{
    const auto notes = Json(release.notes).dump();
    Statement known(database_, "SELECT id, label, time_dimension, notes FROM dataset WHERE name = ?");
    if (!known.bind(release.dataset).step()) {
        Statement(database_,
                  "INSERT INTO dataset (source_id, name, label, time_dimension, notes) VALUES (?, ?, ?, ?, ?)")
            .run(intern_source(database_, release.dataset), release.dataset, release.label, release.time_dimension,
                 notes);
        return database_.last_insert_id();
    }
    const auto id = known.integer(0);
    if (metadata_ == Metadata::keep)
        return id;
    const bool same =
        known.view(1) == release.label && known.view(2) == release.time_dimension && known.view(3) == notes;
    if (label_without_period(known.view(1)) != label_without_period(release.label))
        note("label", "", known.view(1), release.label);
    note("time dimension", "", known.view(2), release.time_dimension);
    note("notes", "", known.view(3), notes);
    if (!same)
        Statement(database_, "UPDATE dataset SET label = ?2, time_dimension = ?3, notes = ?4 WHERE id = ?1")
            .run(id, release.label, release.time_dimension, notes);
    return id;
}

std::int64_t Description::intern_dimension(std::int64_t dataset, const Dimension& dimension)
{
    dimension_ = dimension.id;
    const auto role = to_string(dimension.role);
    Statement known(database_, "SELECT id, label, role FROM dimension WHERE dataset_id = ? AND code = ?");
    if (!known.bind(dataset, dimension.id).step()) {
        Statement(database_, "INSERT INTO dimension (dataset_id, code, label, role, position)"
                             " SELECT ?1, ?2, ?3, ?4, count(*) FROM dimension WHERE dataset_id = ?1")
            .run(dataset, dimension.id, dimension.label, role);
        return database_.last_insert_id();
    }
    const auto id = known.integer(0);
    if (metadata_ == Metadata::keep || (known.view(1) == dimension.label && known.view(2) == role))
        return id;
    note("label", "", known.view(1), dimension.label);
    note("role", "", known.view(2), role);
    Statement(database_, "UPDATE dimension SET label = ?2, role = ?3 WHERE id = ?1").run(id, dimension.label, role);
    return id;
}

std::vector<std::int64_t> Description::intern_categories(std::int64_t dimension, const Dimension& release)
{
    Statement known(database_, "SELECT id, label, unit, decimals FROM category WHERE dimension_id = ? AND code = ?");
    Statement insert(database_,
                     "INSERT INTO category (dimension_id, code, label, unit, decimals) VALUES (?, ?, ?, ?, ?)");
    Statement update(database_, "UPDATE category SET label = ?2, unit = ?3, decimals = ?4 WHERE id = ?1");
    std::vector<std::int64_t> ids;
    for (const auto& category : release.categories) {
        if (!known.bind(dimension, category.code).step()) {
            insert.run(dimension, category.code, category.label, category.unit, category.decimals);
            ids.push_back(database_.last_insert_id());
            continue;
        }
        ids.push_back(known.integer(0));
        const auto decimals = category.decimals ? std::to_string(*category.decimals) : "";
        if (metadata_ == Metadata::keep ||
            (known.view(1) == category.label && known.view(2) == category.unit && known.view(3) == decimals))
            continue;
        note("label", category.code, known.view(1), category.label);
        note("unit", category.code, known.view(2), category.unit);
        note("decimals", category.code, known.view(3), decimals);
        update.run(ids.back(), category.label, category.unit, category.decimals);
    }
    return ids;
}

/// Finds or adds the series of one dataset. What was added is in the tables once flush() has returned.
class SeriesTable {
public:
    SeriesTable(Database& database, std::int64_t dataset)
        : dataset_(dataset), next_(database.integer("SELECT coalesce(max(id), 0) + 1 FROM series")),
          find_(database, "SELECT id FROM series WHERE dataset_id = ? AND key = ?"),
          insert_(database, "INSERT INTO series (id, dataset_id, key)"),
          insert_code_(database, "INSERT INTO series_code (series_id, dimension_id, category_id)")
    {
        Statement any(database, "SELECT 1 FROM series WHERE dataset_id = ? LIMIT 1");
        was_empty_ = !any.bind(dataset).step();
    }

    /// Dimensions in the order of their ids, and the category of each. The series of one release are all different.
    GridSeries intern(const std::vector<std::int64_t>& dimensions, const std::vector<std::int64_t>& categories)
    {
        auto key = series_key(categories);
        if (!was_empty_ && find_.bind(dataset_, key).step())
            return {find_.integer(0), 0, false};
        const auto id = next_++;
        insert_.add({id, dataset_, std::move(key)});
        for (std::size_t i = 0; i < dimensions.size(); ++i)
            codes_.push_back({id, dimensions[i], categories[i]});
        return {id, 0, true};
    }

    void flush()
    {
        insert_.flush();
        for (const auto& code : codes_) // they refer to series, which must be there
            insert_code_.add(code);
        insert_code_.flush();
        codes_.clear();
    }

private:
    struct SeriesRow {
        static constexpr int columns = 3;
        std::int64_t id = 0;
        std::int64_t dataset = 0;
        std::string key;

        void bind(Statement& statement, int first) const
        {
            statement.bind_one(first, id);
            statement.bind_one(first + 1, dataset);
            statement.bind_one(first + 2, key);
        }
    };
    struct CodeRow {
        static constexpr int columns = 3;
        std::int64_t series = 0;
        std::int64_t dimension = 0;
        std::int64_t category = 0;

        void bind(Statement& statement, int first) const
        {
            statement.bind_one(first, series);
            statement.bind_one(first + 1, dimension);
            statement.bind_one(first + 2, category);
        }
    };

    std::int64_t dataset_;
    std::int64_t next_; ///< id
    Statement find_;
    BatchInsert<SeriesRow> insert_;
    BatchInsert<CodeRow> insert_code_;
    std::vector<CodeRow> codes_;
    bool was_empty_ = true; ///< then there is nothing to find
};

} // namespace

std::string series_key(const std::vector<std::int64_t>& categories)
{
    std::string key;
    for (const auto category : categories) {
        if (!key.empty())
            key += ' ';
        fmt::format_to(std::back_inserter(key), FMT_COMPILE("{}"), category);
    }
    return key;
}

std::int64_t find_dataset(Database& database, const std::string& name)
{
    Statement known(database, "SELECT id FROM dataset WHERE name = ?");
    return known.bind(name).step() ? known.integer(0) : 0;
}

std::int64_t find_period(Database& database, const Period& period)
{
    Statement known(database, "SELECT id FROM period WHERE text = ?");
    return known.bind(period.text()).step() ? known.integer(0) : 0;
}

std::int64_t intern_period(Database& database, const Period& period)
{
    if (const auto known = find_period(database, period))
        return known;
    std::optional<std::string> first;
    std::optional<std::string> last;
    if (period.kind() != PeriodKind::other) {
        const auto date = [](std::chrono::sys_days day) {
            const std::chrono::year_month_day ymd(day);
            return fmt::format("{:04}-{:02}-{:02}", int(ymd.year()), unsigned(ymd.month()), unsigned(ymd.day()));
        };
        first = date(period.first_day());
        last = date(period.last_day());
    }
    Statement(database, "INSERT INTO period (text, kind, first_day, last_day) VALUES (?, ?, ?, ?)")
        .run(period.text(), to_string(period.kind()), first, last);
    return database.last_insert_id();
}

std::int64_t intern_status(Database& database, const Symbol& symbol)
{
    Statement known(database, "SELECT id FROM status WHERE text = ? AND meaning = ?");
    if (known.bind(symbol.text, to_string(symbol.meaning)).step())
        return known.integer(0);
    Statement(database, "INSERT INTO status (text, meaning) VALUES (?, ?)")
        .run(symbol.text, to_string(symbol.meaning));
    return database.last_insert_id();
}

GridIds intern_grid(Database& database, const Release& release, Metadata metadata,
                    std::vector<MetadataChange>& changes)
{
    Description description(database, metadata, changes);
    GridIds ids;
    ids.dataset = description.intern_dataset(release);
    for (const auto& dimension : release.dimensions) {
        ids.dimensions.push_back(description.intern_dimension(ids.dataset, dimension));
        ids.categories.push_back(description.intern_categories(ids.dimensions.back(), dimension));
    }
    for (const auto& period : release.periods)
        ids.periods.push_back(intern_period(database, period));
    for (const auto& symbol : release.symbols)
        ids.statuses.push_back(intern_status(database, symbol));
    return ids;
}

std::vector<GridSeries> intern_series(Database& database, const Release& release, const GridIds& ids)
{
    std::vector<std::size_t> by_id(ids.dimensions.size());
    std::iota(by_id.begin(), by_id.end(), std::size_t(0));
    std::sort(by_id.begin(), by_id.end(), [&](auto a, auto b) { return ids.dimensions[a] < ids.dimensions[b]; });
    auto dimensions = ids.dimensions;
    std::sort(dimensions.begin(), dimensions.end());

    SeriesTable table(database, ids.dataset);
    std::vector<GridSeries> found;
    std::vector<std::int64_t> categories(by_id.size());
    for (std::size_t position = 0; position < release.series_count(); ++position) {
        if (!release.is_stated(position))
            continue;
        const auto at = release.positions(position);
        for (std::size_t i = 0; i < by_id.size(); ++i)
            categories[i] = ids.categories[by_id[i]][at[by_id[i]]];
        found.push_back(table.intern(dimensions, categories));
        found.back().position = position;
    }
    table.flush();
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return found;
}

} // namespace skurd
