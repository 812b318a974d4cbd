#include "indicator/evaluate.hpp"

#include "indicator/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

const Definition& definition_of(const Indicator& indicator, int id)
{
    return indicator.definitions.at(static_cast<std::size_t>(id) - 1);
}

int years_between(const Period& from, const Period& to)
{
    return std::clamp(to.first_year() - from.first_year(), 1, years_max);
}

bool whole_years_apart(const Period& from, const Period& to)
{
    const std::chrono::year_month_day first(from.first_day());
    const std::chrono::year_month_day second(to.first_day());
    return from.kind() == to.kind() && from.kind() != PeriodKind::other && first.year() < second.year() &&
           first.month() == second.month() && first.day() == second.day();
}

const IndicatorValue* find(const IndicatorValues& values, const Period& period)
{
    const auto found = values.find(period);
    return found == values.end() || !found->second.value.number ? nullptr : &found->second;
}

Change change_between(const Indicator& indicator, const Verdict& verdict)
{
    return {.kind = kind_under(indicator, verdict.definition),
            .direction = indicator.direction,
            .old_value = verdict.old_value,
            .new_value = verdict.new_value,
            .years = verdict.comparison == Comparison::per_year ? verdict.years : 1,
            .thresholds = indicator.thresholds.value_or(default_thresholds),
            .target = indicator.target};
}

/// Why values are of no use, or nothing. Trouble is the formula's, so one value's is that of all.
Words trouble_of(const IndicatorValues& values)
{
    return values.empty() ? Words{} : values.begin()->second.trouble;
}

Words missing_between(const IndicatorValues& values, const Verdict& verdict)
{
    if (auto trouble = trouble_of(values); !trouble.en.empty())
        return trouble;
    const auto from = verdict.from.text();
    const auto to = verdict.to.text();
    if (!verdict.old_value && !verdict.new_value)
        return {fmt::format("ingen verdi for {} eller {}", from, to), fmt::format("no value for {} or {}", from, to)};
    const auto& period = verdict.old_value ? to : from;
    return {"ingen verdi for " + period, "no value for " + period};
}

std::optional<Words> bar_by_definition(const Indicator& indicator, int older, int newer)
{
    for (int id = older + 1; id <= newer; ++id)
        if (const auto& definition = definition_of(indicator, id); !definition.comparable_with_previous)
            return definition.reason;
    const auto& old_base = definition_of(indicator, older).price_base;
    const auto& new_base = definition_of(indicator, newer).price_base;
    if (old_base == new_base)
        return std::nullopt;
    return Words{fmt::format("ulike prisnivå: {} og {}", old_base, new_base),
                 fmt::format("different price bases: {} and {}", old_base, new_base)};
}

/// The trouble with a formula that means more than one series; empty where it means one.
Words several_series(const Selector& formula, const std::vector<Observation>& observations)
{
    const auto other = std::find_if(observations.begin(), observations.end(), [&](const auto& observation) {
        return observation.series != observations.front().series;
    });
    if (other == observations.end())
        return {};
    const auto& first = observations.front().label;
    return {fmt::format("formelen {} gjelder flere serier ({}; {}): la den nevne én", formula.text(), first,
                        other->label),
            fmt::format("the formula {} means several series ({}; {}): make it name one", formula.text(), first,
                        other->label)};
}

void add_vintage(Verdict& verdict, const IndicatorValue* value)
{
    if (value &&
        std::find(verdict.vintages.begin(), verdict.vintages.end(), value->vintage) == verdict.vintages.end())
        verdict.vintages.push_back(value->vintage);
}

} // namespace

Reading reading_of(const Indicator& indicator, std::optional<Time> as_of)
{
    const auto& in_force = indicator.definition_at(as_of);
    int first = in_force.id;
    while (definition_of(indicator, first).keeps_earlier_values)
        --first;
    return {in_force.formula, definition_of(indicator, first).from};
}

IndicatorValues values_from(const Indicator& indicator, std::optional<Time> as_of,
                            const std::vector<Observation>& observations)
{
    const auto& in_force = indicator.definition_at(as_of);
    const auto trouble = several_series(in_force.formula, observations);
    IndicatorValues values;
    for (const auto& observation : observations) {
        const int definition = std::min(indicator.definition_at(observation.published_at).id, in_force.id);
        const auto value = trouble.en.empty() ? observation.value : Value{};
        values[observation.period] = {
            value, definition, observation.vintage, observation.published_at, trouble, observation.correction};
    }
    return values;
}

IndicatorKind kind_under(const Indicator& indicator, int definition)
{
    return definition_of(indicator, definition).kind.value_or(indicator.kind);
}

std::optional<Words> bar_between(const Indicator& indicator, const Period& from, const IndicatorValue& old_value,
                                 const Period& to, const IndicatorValue& new_value)
{
    const auto [older, newer] = std::minmax(old_value.definition, new_value.definition);
    if (auto bar = bar_by_definition(indicator, older, newer))
        return bar;
    const auto& definition = definition_of(indicator, newer);
    for (const auto& first_after : definition.breaks)
        if (from < first_after && first_after <= to)
            return definition.break_reason;
    return std::nullopt;
}

Verdict compare(const Indicator& indicator, const IndicatorValues& values, Comparison comparison, const Period& from,
                const Period& to)
{
    const auto* old_value = find(values, from);
    const auto* new_value = find(values, to);
    Verdict verdict;
    verdict.indicator = indicator.number;
    verdict.definition = new_value   ? new_value->definition
                         : old_value ? old_value->definition
                                     : indicator.definitions.back().id;
    verdict.comparison = comparison;
    verdict.from = from;
    verdict.to = to;
    verdict.years = years_between(from, to);
    verdict.old_value = old_value ? old_value->value.number : std::nullopt;
    verdict.new_value = new_value ? new_value->value.number : std::nullopt;
    add_vintage(verdict, old_value);
    add_vintage(verdict, new_value);

    const auto change = change_between(indicator, verdict);
    auto judgement = explain(change);
    if (judgement.outcome == Outcome::no_data)
        judgement.reason = missing_between(values, verdict);
    else if (old_value && !change.target)
        if (auto bar = bar_between(indicator, from, *old_value, to, *new_value))
            judgement = {Outcome::not_comparable, std::nullopt, judgement.unit, *bar, {}};
    const auto sentence = sentence_of(change, judgement);
    verdict.outcome = judgement.outcome;
    verdict.change = judgement.change;
    verdict.unit = judgement.unit;
    verdict.rule = rule_text(change);
    verdict.reason = judgement.reason.en;
    verdict.sentence_nb = sentence.nb;
    verdict.sentence_en = sentence.en;
    return verdict;
}

std::optional<Decimal> shown_change(const Indicator& indicator, const Verdict& verdict, int decimals)
{
    return verdict.change ? change_rounded(change_between(indicator, verdict), decimals) : std::nullopt;
}

std::vector<Verdict> current_verdicts(const Indicator& indicator, const IndicatorValues& values)
{
    std::vector<Period> periods;
    for (const auto& [period, value] : values)
        if ((value.value.number || !value.trouble.en.empty()) && period.kind() != PeriodKind::other)
            periods.push_back(period);
    std::vector<Verdict> verdicts;
    for (std::size_t i = 1; i < periods.size(); ++i)
        verdicts.push_back(compare(indicator, values, Comparison::previous, periods[i - 1], periods[i]));
    if (periods.empty() || periods.back() <= indicator.baseline)
        return verdicts;
    verdicts.push_back(compare(indicator, values, Comparison::baseline, indicator.baseline, periods.back()));
    if (whole_years_apart(indicator.baseline, periods.back()))
        verdicts.push_back(compare(indicator, values, Comparison::per_year, indicator.baseline, periods.back()));
    return verdicts;
}

} // namespace skurd
