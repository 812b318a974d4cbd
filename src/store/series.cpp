#include "store/series.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "store/engine/bulk_insert.hpp"
#include "store/engine/statement.hpp"
#include "version/stable_id.hpp"

#include <fmt/compile.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>

namespace skurd {

namespace {

/// Finds or adds the series of one dataset. What was added is in the tables once flush() has returned.
class SeriesTable {
public:
    SeriesTable(Database& database, std::int64_t dataset)
        : database_(database), dataset_(dataset),
          find_(database, "SELECT id FROM series WHERE dataset_id = $1 AND key = $2"),
          insert_(database, "INSERT INTO series (id, dataset_id, key)"),
          insert_code_(database, dataset, "INSERT INTO series_code (series_id, dimension_id, category_id)")
    {
        Statement any(database, "SELECT 1 FROM series WHERE dataset_id = $1 LIMIT 1");
        was_empty_ = !any.bind(dataset).step();
    }

    /// Dimensions in the order of their ids, and the category of each. The series of one release are all different. A
    /// new one's id is its place among those that flush() gives.
    GridSeries intern(const std::vector<std::int64_t>& dimensions, const std::vector<std::int64_t>& categories)
    {
        if (const auto known = find(series_key(categories)))
            return {*known, 0, false};
        const auto place = new_++;
        for (std::size_t i = 0; i < dimensions.size(); ++i)
            codes_.push_back({static_cast<std::int64_t>(place), dimensions[i], categories[i]});
        return {static_cast<std::int64_t>(place), 0, true};
    }

    /// Adds the new ones; their ids.
    std::vector<std::int64_t> flush()
    {
        if (new_ == 0)
            return {};
        auto ids = database_.draw_ids(Database::Ids::series, new_);
        const auto dimensions = codes_.size() / new_;
        std::vector<std::int64_t> categories(dimensions);
        for (std::size_t place = 0; place < new_; ++place) {
            for (std::size_t i = 0; i < dimensions; ++i)
                categories[i] = codes_[place * dimensions + i].category;
            insert_.add({ids[place], dataset_, series_key(categories)});
        }
        insert_.flush();
        for (const auto& code : codes_) // they refer to series, which must be there
            insert_code_.add({ids[static_cast<std::size_t>(code.series)], code.dimension, code.category});
        insert_code_.flush();
        codes_.clear();
        return ids;
    }

private:
    /// From a server all are read once more than a few are looked for.
    std::optional<std::int64_t> find(const std::string& key)
    {
        constexpr std::size_t few = 100;
        if (was_empty_)
            return std::nullopt;
        if (!database_.is_remote() || ++looked_for_ <= few)
            return find_.bind(dataset_, key).step() ? std::optional(find_.integer(0)) : std::nullopt;
        if (known_.empty()) {
            Statement all(database_, "SELECT key, id FROM series WHERE dataset_id = $1");
            all.bind(dataset_);
            while (all.step())
                known_.emplace(all.text(0), all.integer(1));
        }
        const auto found = known_.find(key);
        return found == known_.end() ? std::nullopt : std::optional(found->second);
    }

    struct SeriesRow {
        static constexpr int columns = 3;
        std::int64_t id = 0;
        std::int64_t dataset = 0;
        std::string key;

        void bind(Parameters& statement, int first) const
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

        void bind(Parameters& statement, int first) const
        {
            statement.bind_one(first, series);
            statement.bind_one(first + 1, dimension);
            statement.bind_one(first + 2, category);
        }
    };

    Database& database_;
    std::int64_t dataset_;
    std::size_t new_ = 0;
    Statement find_;
    BulkInsert<SeriesRow> insert_;
    BulkInsert<CodeRow> insert_code_;
    std::vector<CodeRow> codes_; ///< of new series, by their places
    bool was_empty_ = true;      ///< then there is nothing to find
    std::size_t looked_for_ = 0;
    std::unordered_map<std::string, std::int64_t> known_; ///< by key, once all were read
};

/// Whether the text with that id is there. Ids are computed from texts, so another text has it only by a wonder.
bool is_known(Database& database, const char* select, std::int64_t id, const std::string& text)
{
    Statement row(database, select);
    if (!row.bind(id).step())
        return false;
    if (row.view(0) != text)
        throw error("the store has '{}' under the id of '{}': please report this, with both texts", row.view(0),
                    text);
    return true;
}

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

std::map<std::int64_t, std::string> dataset_names(Database& database)
{
    std::map<std::int64_t, std::string> found;
    Statement row(database, "SELECT id, name FROM dataset");
    while (row.step())
        found.emplace(row.integer(0), row.text(1));
    return found;
}

std::int64_t find_dataset(Database& database, const std::string& name)
{
    Statement known(database, "SELECT id FROM dataset WHERE name = $1");
    return known.bind(name).step() ? known.integer(0) : 0;
}

std::int64_t find_period(Database& database, const Period& period)
{
    Statement known(database, "SELECT id FROM period WHERE text = $1");
    return known.bind(period.text()).step() ? known.integer(0) : 0;
}

std::int64_t intern_period(Database& database, const Period& period)
{
    const auto id = period_id(period);
    if (is_known(database, "SELECT text FROM period WHERE id = $1", id, period.text()))
        return id;
    std::optional<std::string> first;
    std::optional<std::string> last;
    if (period.kind() != PeriodKind::other) {
        first = format_date(Time(period.first_day()));
        last = format_date(Time(period.last_day()));
    }
    Statement(database, "INSERT INTO period (id, text, kind, first_day, last_day) VALUES ($1, $2, $3, $4, $5)")
        .run(id, period.text(), to_string(period.kind()), first, last);
    return id;
}

std::int64_t intern_status(Database& database, const Symbol& symbol)
{
    const auto id = status_id(symbol);
    if (!is_known(database, "SELECT text FROM status WHERE id = $1", id, symbol.text))
        Statement(database, "INSERT INTO status (id, text, meaning) VALUES ($1, $2, $3)")
            .run(id, symbol.text, to_string(symbol.meaning));
    return id;
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
    const auto new_ids = table.flush();
    for (auto& series : found)
        if (series.is_new)
            series.id = new_ids[static_cast<std::size_t>(series.id)];
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return found;
}

} // namespace skurd
