#include "store/stored_release.hpp"

#include "base/error.hpp"
#include "store/coverage_table.hpp"
#include "store/observations.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

/// The largest grid that is made anew: more than any release that was ingested.
constexpr std::size_t cells_max = std::size_t(1) << 32;

class Rebuilding {
public:
    Rebuilding(Database& database, std::int64_t dataset, const Timeline& line, std::size_t place)
        : database_(database), dataset_(dataset), line_(line), place_(place), entry_(line[place]),
          stated_(load_coverage(database, dataset, entry_.coverage_id)), rows_(database, dataset)
    {
    }

    Release run()
    {
        found_.coverage = entry_.coverage;
        find_dataset();
        stated_.series.for_each([&](std::int64_t series) { add_codes(series); });
        add_categories();
        add_periods();
        read_statuses();
        const auto cells = found_.series_count() * found_.periods.size();
        if (cells > cells_max)
            throw error("{}: release {} would have {} cells: put back a backup", database_.location(), entry_.id,
                        cells);
        found_.cells.resize(cells);
        stated_.series.for_each([&](std::int64_t series) { add_cells(series); });
        return std::move(found_);
    }

private:
    using Codes = std::vector<std::pair<std::int64_t, std::int64_t>>; ///< dimension and category

    void find_dataset()
    {
        Statement row(database_, "SELECT name, label, time_dimension FROM dataset WHERE id = $1");
        if (!row.bind(dataset_).step())
            throw error("{}: vintage {} has no dataset: put back a backup", database_.location(), entry_.vintage);
        found_.dataset = row.text(0);
        found_.label = row.text(1);
        found_.time_dimension = row.text(2);
    }

    void add_codes(std::int64_t series)
    {
        codes_.bind(series, dataset_);
        auto& codes = series_[series];
        while (codes_.step()) {
            codes.emplace_back(codes_.integer(0), codes_.integer(1));
            categories_[codes_.integer(0)].emplace(codes_.integer(1), 0);
        }
    }

    void add_categories()
    {
        Statement dimension(database_, "SELECT code FROM dimension WHERE /*: dataset_id = $2 AND */ id = $1");
        Statement category(database_, "SELECT code FROM category WHERE /*: dataset_id = $2 AND */ id = $1");
        for (auto& [id, categories] : categories_) {
            dimension.bind(id, dataset_).step();
            auto& made = found_.dimensions.emplace_back(Dimension{dimension.text(0), "", Role::none, {}, {}});
            for (auto& [category_id, position] : categories) {
                position = made.categories.size();
                category.bind(category_id, dataset_).step();
                made.categories.push_back({category.text(0), "", "", {}});
            }
        }
    }

    void add_periods()
    {
        Statement row(database_, "SELECT text FROM period WHERE id = $1");
        std::vector<std::pair<Period, std::int64_t>> periods;
        stated_.periods.for_each([&](std::int64_t id) {
            row.bind(id).step();
            periods.emplace_back(Period::from_text(row.view(0)), id);
        });
        std::sort(periods.begin(), periods.end());
        for (const auto& [period, id] : periods) {
            columns_[id] = found_.periods.size();
            found_.periods.push_back(period);
        }
    }

    void read_statuses()
    {
        Statement row(database_, "SELECT id, text, meaning FROM status ORDER BY id");
        found_.symbols.clear();
        while (row.step()) {
            statuses_[row.integer(0)] = static_cast<std::uint16_t>(found_.symbols.size());
            found_.symbols.push_back({row.text(1), meaning_from(row.view(2))});
        }
    }

    std::size_t position_of(std::int64_t series)
    {
        std::size_t position = 0;
        const auto& codes = series_[series];
        if (codes.size() != categories_.size())
            throw error("{}: series {} lacks a dimension that others of its release have: put back a backup",
                        database_.location(), series);
        for (const auto& [dimension, category] : codes) { // in the order of categories_: by dimension id
            const auto& categories = categories_[dimension];
            position = position * categories.size() + categories.at(category);
        }
        return position;
    }

    void add_cells(std::int64_t series)
    {
        const auto first = position_of(series) * found_.periods.size();
        for (const auto& state : newest_states(rows_, line_, place_ + 1, series))
            add_cell(series, first, state);
    }

    void add_cell(std::int64_t series, std::size_t first, const CellState& cell)
    {
        if (!stated_.contains(series, cell.period))
            return;
        const auto symbol = statuses_.at(cell.status);
        found_.cells[first + columns_.at(cell.period)] =
            cell.number ? Cell::of(*cell.number, symbol) : Cell::missing(symbol);
    }

    Database& database_;
    std::int64_t dataset_;
    const Timeline& line_;
    std::size_t place_;
    const Timeline::Entry& entry_;
    StatedCells stated_;
    SeriesRows rows_;
    Statement codes_{database_, "SELECT dimension_id, category_id FROM series_code"
                                " WHERE /*: dataset_id = $2 AND */ series_id = $1 ORDER BY dimension_id"};
    std::map<std::int64_t, Codes> series_;
    std::map<std::int64_t, std::map<std::int64_t, std::size_t>> categories_; ///< dimension -> category -> position
    std::map<std::int64_t, std::size_t> columns_;                            ///< period -> position
    std::map<std::int64_t, std::uint16_t> statuses_;
    Release found_;
};

} // namespace

Release stored_release(Database& database, std::int64_t dataset, const Timeline& line, std::size_t place)
{
    return Rebuilding(database, dataset, line, place).run();
}

} // namespace skurd
