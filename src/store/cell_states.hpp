#pragma once

#include "model/release.hpp"
#include "store/observations.hpp"
#include "store/series.hpp"
#include "store/vintages.hpp"

#include <span>

namespace skurd {

/// A period that the cells of a release are compared in: its own, or one that a whole release lacks.
struct Column {
    std::int64_t period = 0;
    std::optional<std::size_t> position; ///< in the release
};

/// The columns of a release, ascending by period id.
std::vector<Column> columns_of(Database& database, const Release& release, const GridIds& ids);

/// What the store says of the cells of one series after another, as it stood before the release at a place in the
/// timeline.
class CellStates {
public:
    struct State {
        bool known = false; ///< it was said, and not withdrawn since
        std::optional<Decimal> number;
        std::int64_t status = 0;
        std::vector<std::size_t> later_rows; ///< ascending places of later releases that have a row for the cell
    };

    /// `place` is how many entries of the timeline come before. All three must outlive this.
    CellStates(Database& database, const Timeline& line, std::size_t place, const std::vector<Column>& columns,
               std::int64_t withdrawn_status);

    /// One for each column; valid until the next call.
    const std::vector<State>& of(const GridSeries& series);

    /// What a release at the end of the timeline says of the column's cell in the series read last. save() keeps
    /// that for the next release.
    void change(std::size_t column, const std::optional<Decimal>& number, std::int64_t status);
    void save();
    /// The kept states of a series no longer hold.
    void forget(std::int64_t series) { kept_.forget(series); }
    void flush() { kept_.flush(); } ///< after the last save()

private:
    void read_rows(std::int64_t series);
    void spread_states();
    std::size_t column_of(std::int64_t period) const;

    static constexpr auto no_column = static_cast<std::size_t>(-1);

    const Timeline& line_;
    std::size_t place_;
    const std::vector<Column>& columns_;
    std::int64_t withdrawn_status_;
    SeriesRows rows_;
    SeriesStates kept_;
    std::vector<std::size_t> column_of_; ///< by period id

    std::int64_t series_ = 0;                 ///< at hand
    std::vector<SeriesStates::State> newest_; ///< all its cells, also those outside the columns; ascending by period
    std::vector<State> states_;
    bool changed_ = false;
};

} // namespace skurd
