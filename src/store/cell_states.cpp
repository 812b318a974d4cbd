#include "store/cell_states.hpp"

#include <algorithm>
#include <set>

namespace skurd {

std::vector<Column> columns_of(Database& database, const Release& release, const GridIds& ids)
{
    std::vector<Column> columns;
    for (std::size_t position = 0; position < ids.periods.size(); ++position)
        columns.push_back({ids.periods[position], position});
    if (release.coverage == Coverage::full_history) {
        // Every period known to the store that the release lacks; whether one of its series has it, its rows say.
        const std::set<std::int64_t> own(ids.periods.begin(), ids.periods.end());
        Statement row(database, "SELECT id FROM period");
        while (row.step())
            if (own.count(row.integer(0)) == 0)
                columns.push_back({row.integer(0), std::nullopt});
    }
    std::sort(columns.begin(), columns.end(), [](auto& a, auto& b) { return a.period < b.period; });
    return columns;
}

CellStates::CellStates(Database& database, const Timeline& line, std::size_t place,
                       const std::vector<Column>& columns, std::int64_t withdrawn_status)
    : line_(line), place_(place), columns_(columns), withdrawn_status_(withdrawn_status), rows_(database),
      kept_(database)
{
    column_of_.resize(columns.empty() ? 0 : static_cast<std::size_t>(columns.back().period) + 1, no_column);
    for (std::size_t i = 0; i < columns.size(); ++i)
        column_of_[static_cast<std::size_t>(columns[i].period)] = i;
}

std::size_t CellStates::column_of(std::int64_t period) const
{
    const auto id = static_cast<std::size_t>(period);
    return id < column_of_.size() ? column_of_[id] : no_column;
}

const std::vector<CellStates::State>& CellStates::of(const GridSeries& series)
{
    series_ = series.id;
    changed_ = false;
    newest_.clear();
    states_.assign(columns_.size(), State());
    if (series.is_new)
        return states_;
    const bool at_end = place_ == line_.entries.size();
    if (!at_end || !kept_.read(series.id, newest_)) {
        read_rows(series.id);
        changed_ = at_end; // what the cache lacked
    }
    spread_states();
    return states_;
}

void CellStates::read_rows(std::int64_t series)
{
    newest_ = newest_states(rows_, line_, place_, series, [&](const StoredCell& cell, std::size_t place) {
        if (const auto column = column_of(cell.period); column != no_column)
            states_[column].later_rows.push_back(place);
    });
    for (auto& state : states_)
        std::sort(state.later_rows.begin(), state.later_rows.end());
}

void CellStates::spread_states()
{
    for (const auto& newest : newest_) {
        const auto column = column_of(newest.period);
        if (column == no_column)
            continue;
        states_[column].known = newest.status != withdrawn_status_;
        states_[column].number = newest.number;
        states_[column].status = newest.status;
    }
}

void CellStates::change(std::size_t column, const std::optional<Decimal>& number, std::int64_t status)
{
    changed_ = true;
    const auto period = columns_[column].period;
    auto at = std::lower_bound(newest_.begin(), newest_.end(), period,
                               [](const auto& state, std::int64_t wanted) { return state.period < wanted; });
    if (at == newest_.end() || at->period != period)
        at = newest_.insert(at, SeriesStates::State());
    *at = {period, number, status};
}

void CellStates::save()
{
    if (changed_)
        kept_.keep(series_, newest_);
}

} // namespace skurd
