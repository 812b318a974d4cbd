// Both sides of a series stand ascending by period id, the release's cells and what was known, so one walk over both
// meets every cell once: stated by the release, known and not stated, or both. A million cells need no more memory
// than one series.
#include "version/cell_comparison.hpp"

#include "version/stable_id.hpp"

#include <algorithm>

namespace skurd {

namespace {

bool is_known(const PriorCell& cell)
{
    return cell.state.status != withdrawn_status_id();
}

PriorCell never_stated(std::int64_t period)
{
    PriorCell cell{{period, std::nullopt, withdrawn_status_id()}, {}};
    cell.was_spoken_of = false;
    return cell;
}

} // namespace

CellComparison::CellComparison(const Release& release, const ReleaseStamp& stamp, PriorStates& prior,
                               VersionEdit& edit, LaterReleases* later)
    : release_(release), stamp_(stamp), prior_(prior), edit_(edit), later_(later)
{
    for (std::size_t position = 0; position < release.periods.size(); ++position)
        columns_.push_back({period_id(release.periods[position]), position});
    std::sort(columns_.begin(), columns_.end(), [](auto& a, auto& b) { return a.period < b.period; });
    for (const auto& column : columns_) {
        stated_.periods.add(column.period);
        if (const auto sequence = period_sequence(column.period))
            first_periods_.emplace(*sequence, column.period);
    }
    for (const auto& symbol : release.symbols)
        statuses_.push_back(status_id(symbol));
}

void CellComparison::compare(const GridSeries& series)
{
    stated_.series.add(series.id);
    anomalies_.begin_series();
    before_.clear();
    if (!series.is_new)
        prior_.read(series.id, stamp_.place, before_, later_ ? Detail::rows : Detail::states);
    auto known = before_.begin();
    for (const auto& column : columns_) {
        for (; known != before_.end() && known->state.period < column.period; ++known)
            find_gone(series.id, *known);
        const bool is_there = known != before_.end() && known->state.period == column.period;
        compare(series, column, is_there ? *known : never_stated(column.period));
        known += is_there ? 1 : 0;
    }
    for (; known != before_.end(); ++known)
        find_gone(series.id, *known);
}

void CellComparison::compare(const GridSeries& series, const Column& column, const PriorCell& before)
{
    const auto& cell = release_.cell(series.position, column.position);
    const auto index = next_index_++;
    if (cell.state != Cell::State::absent)
        return compare_stated(series.id, {column.period, stamp_.id, cell.number(), statuses_[cell.symbol]}, before);
    stated_.absent.add(index);
    if (release_.coverage != Coverage::partial)
        withdraw(series.id, before);
}

/// A cell of a period that the release lacks: it is gone if the release speaks of all periods there are, unless the
/// source offers so old a period no longer.
void CellComparison::find_gone(std::int64_t series, const PriorCell& before)
{
    if (release_.coverage != Coverage::full_history || !is_known(before))
        return;
    if (left_window(before.state.period))
        unoffered_.insert(before.state.period);
    else
        withdraw(series, before);
}

/// As StatedCells::is_before_window().
bool CellComparison::left_window(std::int64_t period) const
{
    const auto sequence = period_sequence(period);
    const auto first = sequence ? first_periods_.find(*sequence) : first_periods_.end();
    return first != first_periods_.end() && period < first->second;
}

void CellComparison::withdraw(std::int64_t series, const PriorCell& before)
{
    if (!is_known(before))
        return;
    ++known_;
    ++counts_.withdrawn;
    withdrawn_cells_.number(static_cast<std::uint64_t>(series));
    withdrawn_cells_.number(static_cast<std::uint64_t>(before.state.period));
    write(series, {before.state.period, stamp_.id, std::nullopt, withdrawn_status_id()}, before);
}

void CellComparison::compare_stated(std::int64_t series, const StoredCell& stated, const PriorCell& before)
{
    ++cells_;
    known_ += is_known(before) ? 1 : 0;
    const auto& number = before.state.number;
    if (number)
        anomalies_.known(*number);
    if (is_known(before) && before.state.status == stated.status && number == stated.number) {
        if (stated.number && stated.number->scale() != number->scale())
            same_values_.push_back({series, stated});
        if (stated.number)
            anomalies_.unchanged(*stated.number);
        return;
    }
    counts_.revised += number ? 1 : 0;
    if (number)
        anomalies_.restated(*number, stated.number);
    else
        anomalies_.added(stated.number);
    write(series, stated, before);
}

void CellComparison::write(std::int64_t series, const StoredCell& cell, const PriorCell& before)
{
    ++counts_.rows;
    only_adds_ =
        only_adds_ && overlap_ && !before.was_spoken_of && !overlap_->was_asked_for(series, before.state.period);
    edit_.add_row(series, cell);
    if (later_)
        later_->restore(series, before, cell.status == withdrawn_status_id());
}

Difference CellComparison::difference() const
{
    if (counts_.rows == 0)
        return Difference::none;
    return only_adds_ ? Difference::adds : Difference::differs;
}

std::size_t CellComparison::write_same_values()
{
    for (const auto& [series, cell] : same_values_)
        edit_.add_row(series, cell);
    counts_.rows += same_values_.size();
    return same_values_.size();
}

Withdrawal CellComparison::withdrawal()
{
    return {known_, counts_.withdrawn, withdrawn_cells_.hex()};
}

} // namespace skurd
