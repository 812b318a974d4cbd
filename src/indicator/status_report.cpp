#include "indicator/status_report.hpp"

#include "base/error.hpp"
#include "indicator/evaluate.hpp"
#include "indicator/shown_prices.hpp"
#include "model/indicator_name.hpp"

#include <algorithm>
#include <set>
#include <tuple>

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
std::optional<Indicator> as_it_was(const IndicatorSet& set, const MergedNumber& merged, const Indicator& into,
                                   std::optional<Time> as_of)
{
    if (into.definition_at(as_of).from > set.published)
        return std::nullopt;
    Indicator past = into;
    past.label = merged.label;
    past.definitions.resize(1);
    past.definitions.front().formula = merged.formula;
    return past;
}

IndicatorValues up_to(IndicatorValues values, const Period& last)
{
    std::erase_if(values, [&](const auto& entry) { return last.last_day() < entry.first.first_day(); });
    return values;
}

/// By table, in the order of the tables' lowest numbers: "10.1" follows "9.1"; expansions by their codes.
void sort_rows(std::vector<StatusReport::Row>& rows)
{
    std::map<std::string, int> lowest;
    for (const auto& row : rows) {
        const auto [place, is_new] = lowest.emplace(row.table, row.number);
        if (!is_new)
            place->second = std::min(place->second, row.number);
    }
    const auto place = [&](const StatusReport::Row& row) {
        const auto& expansion = row.indicator->expansion;
        return std::tuple(lowest.at(row.table), expansion ? code_number(expansion->code) : 0, row.number);
    };
    std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
}

/// Amounts that are said to be in fixed prices, but not of which year: nothing to turn them from.
bool is_of_unknown_base(const Definition& definition)
{
    return definition.price_base.empty() && definition.unit.find("fixed prices") != std::string::npos;
}

class ReportMaker {
public:
    ReportMaker(const Catalogue& catalogue, const ReportQuestion& question, const ReadIndicator& read)
        : catalogue_(catalogue), question_(question), read_(read), set_(require_set(catalogue, question.set))
    {
    }

    StatusReport make()
    {
        const int baseline = set_.baseline.first_year();
        const int last = question_.period.first_year();
        if (question_.period.kind() != PeriodKind::year || last < baseline)
            throw usage_error("a report of set {} is for a year from {} on, not for '{}'", set_.number, baseline,
                              question_.period.text());
        report_.set = &set_;
        report_.period = question_.period;
        report_.as_of = question_.as_of;
        report_.thresholds = default_thresholds;
        report_.what_if = question_.what_if;
        if (!set_.shows_newest) {
            report_.periods = value_columns(baseline, last);
            columns_ = change_columns(baseline, last);
        }
        if (question_.prices_of)
            prices_.emplace(catalogue_, *question_.prices_of, read_);
        for (const int member : set_.members)
            add(member, set_.numbers.contains(member) ? set_.numbers.at(member) : member, nullptr);
        for (const auto& merged : set_.merged)
            add(merged.into, merged.number, &merged);
        sort_rows(report_.rows);
        for (std::size_t column = 0; column < columns_.size(); ++column)
            report_.roll_ups.push_back(roll_up(report_.rows, column));
        if (prices_)
            report_.prices = prices_->shown(as_they_are_);
        add_sources();
        return std::move(report_);
    }

private:
    void add(int today, int number_then, const MergedNumber* merged)
    {
        StatusReport::Row row;
        row.indicator = catalogue_.find(today);
        row.merged = merged;
        row.number = number_then;
        row.definition = &row.indicator->definition_at(question_.as_of);
        if (const auto table = set_.tables.find(row.indicator->part); table != set_.tables.end())
            row.table = table->second;
        const auto past = merged ? as_it_was(set_, *merged, *row.indicator, question_.as_of) : *row.indicator;
        if (past)
            fill(row, *past, read_(*past));
        else
            fill(row, *row.indicator, {});
        report_.rows.push_back(std::move(row));
    }

    /// Fills in values and changes. Amounts of a price base are judged as they are and shown in other prices; those
    /// of their own year are judged as they are shown.
    void fill(StatusReport::Row& row, Indicator indicator, IndicatorSeries series)
    {
        if (question_.what_if)
            indicator.thresholds = question_.what_if;
        auto values = set_.shows_newest ? std::move(series.values) : up_to(std::move(series.values), report_.period);
        if (!values.empty())
            row.formula_error = values.begin()->second.formula_error;
        row.breaks = series.breaks;
        const bool is_amount = prices_ && row.kind() == IndicatorKind::amount;
        const bool converts = is_amount && !is_of_unknown_base(*row.definition);
        if (is_amount && !converts)
            as_they_are_.push_back(row.number);
        if (converts && row.definition->price_base.empty())
            values = prices_->from_current_prices(std::move(values));
        const Judge judge(indicator, values, series.breaks, &catalogue_);
        for (const auto& column : columns_) {
            row.changes.push_back(judge.compare(column.comparison, column.from, column.to));
            row.shown_changes.push_back(shown_change(indicator, row.changes.back(), shown_decimals));
        }
        row.course = converts ? prices_->as_shown(values, indicator) : values;
        for (const auto& period : report_.periods) {
            const auto found = row.course.find(period);
            row.values.push_back(found == row.course.end() ? IndicatorValue{} : found->second);
        }
    }

    /// Of the numbers that are shown.
    void add_sources()
    {
        std::map<std::string, ReportSource> sources;
        for (const auto& row : report_.rows) {
            const auto newest = row.newest();
            for (const auto& [period, value] : row.course) {
                const bool is_shown =
                    report_.periods.empty()
                        ? newest && *newest == period
                        : std::find(report_.periods.begin(), report_.periods.end(), period) != report_.periods.end();
                if (!is_shown || !value.value.number)
                    continue;
                if (const auto* series = row.definition->formula.plain())
                    note(sources[row.merged ? row.merged->formula.plain()->dataset : series->dataset], row,
                         value.vintage, value.published_at);
                for (const auto& input : value.inputs)
                    if (!input.dataset.empty())
                        note(sources[input.dataset], row, input.vintage, input.published_at);
            }
        }
        for (auto& [dataset, source] : sources) {
            source.dataset = dataset;
            std::sort(source.publishers.begin(), source.publishers.end());
            std::sort(source.numbers.begin(), source.numbers.end());
            report_.sources.push_back(std::move(source));
        }
    }

    static void note(ReportSource& source, const StatusReport::Row& row, std::int64_t vintage, Time published_at)
    {
        const auto add = [](auto& list, const auto& one) {
            if (std::find(list.begin(), list.end(), one) == list.end())
                list.push_back(one);
        };
        add(source.publishers, row.indicator->source);
        add(source.numbers, row.number);
        if (source.published_at < published_at) {
            source.published_at = published_at;
            source.vintage = vintage;
        }
    }

    const Catalogue& catalogue_;
    const ReportQuestion& question_;
    const ReadIndicator& read_;
    const IndicatorSet& set_;
    std::vector<Column> columns_;
    std::optional<PriceConversion> prices_;
    std::vector<int> as_they_are_;
    StatusReport report_;
};

} // namespace

StatusReport make_report(const Catalogue& catalogue, const ReportQuestion& question, const ReadIndicator& read)
{
    return ReportMaker(catalogue, question, read).make();
}

RollUp roll_up(const std::vector<StatusReport::Row>& rows, std::size_t column)
{
    RollUp found;
    for (const auto& row : rows) {
        const auto& part = row.indicator->part;
        if (found.parts.empty() || found.parts.back().part != part)
            found.parts.push_back({part, {}, Course::none});
        const auto outcome = static_cast<std::size_t>(row.changes.at(column).outcome);
        ++found.parts.back().counts[outcome];
        ++found.counts[outcome];
    }
    bool one_improves = false;
    bool one_worsens = false;
    for (auto& part : found.parts) {
        const int improved = part.counts[static_cast<std::size_t>(Outcome::improved)];
        const int worsened = part.counts[static_cast<std::size_t>(Outcome::worsened)];
        if (improved != worsened)
            part.course = improved > worsened ? Course::positive : Course::negative;
        else if (improved > 0)
            part.course = Course::mixed;
        if (!part.part.starts_with("goal"))
            continue;
        one_improves = one_improves || part.course == Course::positive;
        one_worsens = one_worsens || part.course == Course::negative;
    }
    found.plan = one_improves && one_worsens ? Course::mixed
                 : one_improves              ? Course::positive
                 : one_worsens               ? Course::negative
                                             : Course::none;
    return found;
}

} // namespace skurd
