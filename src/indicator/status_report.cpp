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

const IndicatorSet& require_set(const Catalogue& catalogue, int number)
{
    if (const auto* set = catalogue.set(number))
        return *set;
    std::vector<int> known;
    for (const auto& set : catalogue.sets)
        known.push_back(set.number);
    throw usage_error("there is no indicator set {} (known: {})", number, fmt::join(known, ", "));
}

std::vector<Period> value_columns(const IndicatorSet& set, int last)
{
    const int baseline = set.baseline.first_year();
    std::vector<Period> periods;
    if (set.shows_newest())
        return periods;
    periods.push_back(Period::year(baseline));
    const int next = set.values == ValueColumns::every ? baseline + 1 : std::max(baseline + 1, last - 2);
    for (int year = next; year <= last; ++year)
        periods.push_back(Period::year(year));
    return periods;
}

/// None that would begin before the baseline.
std::vector<ReportColumn> change_columns(const IndicatorSet& set, int last)
{
    const int baseline = set.baseline.first_year();
    std::vector<ReportColumn> columns;
    const auto add = [&](Comparison comparison, int from, int to) {
        if (from >= baseline && from < to)
            columns.push_back({comparison, Period::year(from), Period::year(to)});
    };
    for (const auto column : set.shows_newest() ? std::vector<ChangeColumn>() : set.changes)
        switch (column) {
        case ChangeColumn::before_last:
            add(Comparison::previous, last - 2, last - 1);
            break;
        case ChangeColumn::last:
            add(Comparison::previous, last - 1, last);
            break;
        case ChangeColumn::per_year:
            if (last - baseline > 1) // after one year the change per year is the change
                columns.push_back({Comparison::per_year, std::nullopt, Period::year(last)});
            break;
        case ChangeColumn::per_year_from_set:
            if (last - baseline > 1)
                add(Comparison::per_year, baseline, last);
            break;
        }
    return columns;
}

/// What a change column says of an indicator that was not measured before its last period.
Verdict not_measured_before(const Indicator& indicator, const Definition& definition, const ReportColumn& column)
{
    const auto baseline = indicator.baseline_in(definition).text();
    Verdict verdict;
    verdict.indicator = indicator.number;
    verdict.definition = definition.id;
    verdict.comparison = column.comparison;
    verdict.from = indicator.baseline_in(definition);
    verdict.to = column.to;
    verdict.outcome = Outcome::no_data;
    verdict.reason = fmt::format("measured from {} on", baseline);
    verdict.sentence = {fmt::format("Grå: målt fra og med {}", baseline), "Grey: " + verdict.reason};
    return verdict;
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

/// The indicator by its revised definition, which stands beside its own.
Indicator by_revised_definition(const RevisedNumber& revised, const Indicator& of)
{
    Indicator other = of;
    other.label = revised.label;
    for (auto& definition : other.definitions)
        definition.formula = revised.formula;
    return other;
}

const Formula& formula_of(const StatusReport::Row& row)
{
    return row.merged ? row.merged->formula : row.revised ? row.revised->formula : row.definition->formula;
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
        return std::tuple(lowest.at(row.table), expansion ? code_number(expansion->code) : 0, row.number,
                          row.number_text());
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
        report_.periods = value_columns(set_, last);
        report_.columns = change_columns(set_, last);
        if (question_.prices_of)
            prices_.emplace(catalogue_, *question_.prices_of, read_);
        for (const int member : set_.members)
            add_member(member);
        for (const auto& merged : set_.merged)
            add_merged(merged);
        for (const auto& revised : set_.revised)
            add_revised(revised);
        sort_rows(report_.rows);
        for (std::size_t column = 0; column < report_.columns.size(); ++column)
            report_.roll_ups.push_back(roll_up(report_.rows, column, catalogue_.goals));
        if (prices_)
            report_.prices = prices_->shown(as_they_are_);
        add_sources();
        return std::move(report_);
    }

private:
    StatusReport::Row row_of(int today, int number_then) const
    {
        StatusReport::Row row;
        row.indicator = catalogue_.find(today);
        row.number = number_then;
        row.definition = &row.indicator->definition_at(question_.as_of);
        if (const auto table = set_.tables.find(row.indicator->part); table != set_.tables.end())
            row.table = table->second;
        return row;
    }

    void add_member(int today)
    {
        auto row = row_of(today, set_.numbers.contains(today) ? set_.numbers.at(today) : today);
        fill(row, *row.indicator, read_(*row.indicator));
        report_.rows.push_back(std::move(row));
    }

    void add_merged(const MergedNumber& merged)
    {
        auto row = row_of(merged.into, merged.number);
        row.merged = &merged;
        if (const auto past = as_it_was(set_, merged, *row.indicator, question_.as_of))
            fill(row, *past, read_(*past));
        else
            fill(row, *row.indicator, {});
        report_.rows.push_back(std::move(row));
    }

    void add_revised(const RevisedNumber& revised)
    {
        auto row = row_of(revised.of, revised.number);
        row.revised = &revised;
        const auto other = by_revised_definition(revised, *row.indicator);
        fill(row, other, read_(other));
        report_.rows.push_back(std::move(row));
    }

    /// Fills in values and changes. Amounts of a price base are judged as they are and shown in other prices; those
    /// of their own year are judged as they are shown.
    void fill(StatusReport::Row& row, Indicator indicator, IndicatorSeries series)
    {
        if (question_.what_if)
            indicator.thresholds = question_.what_if;
        auto values =
            set_.shows_newest() ? std::move(series.values) : up_to(std::move(series.values), report_.period);
        if (!values.empty())
            row.formula_error = values.begin()->second.formula_error;
        row.breaks = series.breaks;
        const bool is_amount = prices_ && row.kind() == IndicatorKind::amount;
        const bool converts = is_amount && !is_of_unknown_base(*row.definition);
        if (is_amount && !converts)
            as_they_are_.push_back(row.number);
        if (converts && row.definition->price_base.empty())
            values = prices_->from_current_prices(std::move(values));
        judge(row, indicator, values);
        row.course = converts ? prices_->as_shown(values, indicator) : values;
        for (const auto& period : report_.periods) {
            const auto found = row.course.find(period);
            row.values.push_back(found == row.course.end() ? IndicatorValue{} : found->second);
        }
    }

    void judge(StatusReport::Row& row, const Indicator& indicator, const IndicatorValues& values)
    {
        const Judge judge(indicator, values, row.breaks, &catalogue_);
        const auto& baseline = indicator.baseline_in(*row.definition);
        for (const auto& column : report_.columns) {
            const auto& from = column.from ? *column.from : baseline;
            row.changes.push_back(from < column.to
                                      ? judge.compare(column.comparison, from, column.to, Levels::not_judged)
                                      : not_measured_before(indicator, *row.definition, column));
            row.shown_changes.push_back(shown_change(indicator, row.changes.back(), shown_decimals));
        }
        if (row.definition->judged_on == JudgedOn::level)
            for (const auto& period : report_.periods)
                if (const auto value = values.find(period); value != values.end() && value->second.value.number)
                    row.levels.push_back(judge.compare(Comparison::previous, period, period));
    }

    /// Of the numbers that are shown.
    void add_sources()
    {
        std::map<std::string, ReportSource> sources;
        for (auto& row : report_.rows) {
            const auto newest = row.newest();
            const auto add = [&](const std::string& dataset, const Published& published) {
                note(sources[dataset], row, published);
                if (std::find(row.datasets.begin(), row.datasets.end(), dataset) == row.datasets.end())
                    row.datasets.push_back(dataset);
            };
            for (const auto& [period, value] : row.course) {
                const bool is_shown =
                    report_.periods.empty()
                        ? newest && *newest == period
                        : std::find(report_.periods.begin(), report_.periods.end(), period) != report_.periods.end();
                if (!is_shown || !value.value.number)
                    continue;
                if (const auto* series = formula_of(row).plain())
                    add(series->dataset, {value.vintage, value.published_at, value.confidence});
                for (const auto& input : value.inputs)
                    if (!input.dataset.empty())
                        add(input.dataset, {input.vintage, input.published_at, input.confidence});
            }
            std::sort(row.datasets.begin(), row.datasets.end());
        }
        for (auto& [dataset, source] : sources) {
            source.dataset = dataset;
            std::sort(source.publishers.begin(), source.publishers.end());
            std::sort(source.numbers.begin(), source.numbers.end());
            report_.sources.push_back(std::move(source));
        }
    }

    struct Published {
        std::int64_t vintage = 0;
        Time at;
        Confidence confidence = {};
    };

    static void note(ReportSource& source, const StatusReport::Row& row, const Published& published)
    {
        const auto add = [](auto& list, const auto& one) {
            if (std::find(list.begin(), list.end(), one) == list.end())
                list.push_back(one);
        };
        add(source.publishers, row.indicator->source);
        add(source.numbers, row.number);
        if (source.published_at < published.at) {
            source.published_at = published.at;
            source.vintage = published.vintage;
            source.confidence = published.confidence;
        }
    }

    const Catalogue& catalogue_;
    const ReportQuestion& question_;
    const ReadIndicator& read_;
    const IndicatorSet& set_;
    std::optional<PriceConversion> prices_;
    std::vector<int> as_they_are_;
    StatusReport report_;
};

} // namespace

StatusReport make_report(const Catalogue& catalogue, const ReportQuestion& question, const ReadIndicator& read)
{
    return ReportMaker(catalogue, question, read).make();
}

RollUp roll_up(const std::vector<StatusReport::Row>& rows, std::size_t column, const std::set<std::string>& goals)
{
    RollUp found;
    for (const auto& row : rows) {
        const auto& part = row.indicator->part;
        if (found.parts.empty() || found.parts.back().part != part)
            found.parts.push_back({part, {}, Course::none});
        if (row.revised)
            continue; // the indicator is counted already
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
        else if (part.counts[static_cast<std::size_t>(Outcome::unchanged)] > 0)
            part.course = Course::unchanged;
        if (!goals.contains(part.part))
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
