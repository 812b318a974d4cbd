#include "base/error.hpp"
#include "indicator/evaluate.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr int shown_decimals = 1;

struct Column {
    Comparison comparison;
    Period from;
    Period to;
};

const IndicatorSet& require_set(const Catalogue& catalogue, int number)
{
    if (const auto* set = catalogue.set(number))
        return *set;
    std::vector<int> known;
    for (const auto& set : catalogue.sets)
        known.push_back(set.number);
    throw usage_error("there is no indicator set {} (known: {})", number, fmt::join(known, ", "));
}

std::vector<Period> value_columns(int baseline, int last)
{
    std::vector<Period> periods = {Period::year(baseline)};
    for (int year = std::max(baseline + 1, last - 2); year <= last; ++year)
        periods.push_back(Period::year(year));
    return periods;
}

std::vector<Column> change_columns(int baseline, int last)
{
    std::vector<Column> columns;
    for (int year = std::max(baseline, last - 2); year < last; ++year)
        columns.push_back({Comparison::previous, Period::year(year), Period::year(year + 1)});
    // After one year the change per year is the change.
    if (last - baseline > 1)
        columns.push_back({Comparison::per_year, Period::year(baseline), Period::year(last)});
    return columns;
}

/// The merged number as the indicator it was; no longer one once the indicator it went into is defined anew.
IndicatorValues read_merged(const IndicatorSet& set, const MergedNumber& merged, const Indicator& into,
                            std::optional<Time> as_of, const ReadValues& read)
{
    if (into.definition_at(as_of).from > set.published)
        return {};
    Indicator past = into;
    past.label = merged.label;
    past.definitions.resize(1);
    past.definitions.front().formula = merged.formula;
    return read(past);
}

void fill(StatusReport::Row& row, const std::vector<Period>& periods, const std::vector<Column>& columns,
          const IndicatorValues& values)
{
    if (!values.empty())
        row.trouble = values.begin()->second.trouble;
    for (const auto& period : periods) {
        const auto found = values.find(period);
        const auto value = found == values.end() ? Value{} : found->second.value;
        row.values.push_back(value.number);
        row.symbols.push_back(value.symbol);
        row.corrections.push_back(found == values.end() ? nullptr : found->second.correction);
    }
    for (const auto& column : columns) {
        row.changes.push_back(compare(*row.indicator, values, column.comparison, column.from, column.to));
        row.shown_changes.push_back(shown_change(*row.indicator, row.changes.back(), shown_decimals));
    }
}

/// By table, in the order of the tables' lowest numbers: "10.1" follows "9.1".
void sort_rows(std::vector<StatusReport::Row>& rows)
{
    std::map<std::string, int> lowest;
    for (const auto& row : rows) {
        const auto [place, is_new] = lowest.emplace(row.table, row.number);
        if (!is_new)
            place->second = std::min(place->second, row.number);
    }
    std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
        return std::pair(lowest.at(a.table), a.number) < std::pair(lowest.at(b.table), b.number);
    });
}

} // namespace

StatusReport make_report(const Catalogue& catalogue, int number, const Period& period, std::optional<Time> as_of,
                         const ReadValues& read)
{
    const auto& set = require_set(catalogue, number);
    const int baseline = set.baseline.first_year();
    const int last = period.first_year();
    if (period.kind() != PeriodKind::year || last < baseline)
        throw usage_error("a report of set {} is for a year from {} on, not for '{}'", number, baseline,
                          period.text());
    StatusReport report{&set, period, as_of, value_columns(baseline, last), {}};
    const auto columns = change_columns(baseline, last);
    const auto add = [&](int today, int number_then, const MergedNumber* merged) {
        StatusReport::Row row;
        row.indicator = catalogue.find(today);
        row.merged = merged;
        row.number = number_then;
        if (const auto table = set.tables.find(row.indicator->part); table != set.tables.end())
            row.table = table->second;
        fill(row, report.periods, columns,
             merged ? read_merged(set, *merged, *row.indicator, as_of, read) : read(*row.indicator));
        report.rows.push_back(std::move(row));
    };
    for (const int member : set.members)
        add(member, set.numbers.contains(member) ? set.numbers.at(member) : member, nullptr);
    for (const auto& merged : set.merged)
        add(merged.into, merged.number, &merged);
    sort_rows(report.rows);
    return report;
}

} // namespace skurd
