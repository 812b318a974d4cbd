#include "indicator/evaluate.hpp"

#include "indicator/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

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

/// As if judged on change; with a target where the indicator is judged on its level.
Change change_between(const Indicator& indicator, const Verdict& verdict)
{
    const auto& definition = indicator.definition(verdict.definition);
    return {.kind = kind_in_definition(indicator, verdict.definition),
            .direction = indicator.direction,
            .old_value = verdict.old_value,
            .new_value = verdict.new_value,
            .years = verdict.comparison == Comparison::per_year ? verdict.years : 1,
            .thresholds = indicator.thresholds.value_or(default_thresholds),
            .old_respondents = definition.respondents.in(verdict.from),
            .new_respondents = definition.respondents.in(verdict.to),
            .old_population = definition.population.in(verdict.from),
            .new_population = definition.population.in(verdict.to),
            .target = definition.judged_on == JudgedOn::level ? indicator.target : std::nullopt};
}

/// Why values are of no use, or nothing. Trouble is the formula's, so one value's is that of all.
LocalizedText formula_error_of(const IndicatorValues& values)
{
    return values.empty() ? LocalizedText{} : values.begin()->second.formula_error;
}

LocalizedText missing_between(const IndicatorValues& values, const Verdict& verdict)
{
    if (auto formula_error = formula_error_of(values); !formula_error.en.empty())
        return formula_error;
    const auto from = verdict.from.text();
    const auto to = verdict.to.text();
    if (!verdict.old_value && !verdict.new_value)
        return {fmt::format("ingen verdi for {} eller {}", from, to), fmt::format("no value for {} or {}", from, to)};
    const auto& period = verdict.old_value ? to : from;
    const auto value = values.find(verdict.old_value ? verdict.to : verdict.from);
    if (value != values.end() && !value->second.missing.empty())
        return value->second.missing;
    return {"ingen verdi for " + period, "no value for " + period};
}

/// Adds what is not said yet.
void say(LocalizedText& words, const LocalizedText& more)
{
    if (more.empty() || words.en.find(more.en) != std::string::npos)
        return;
    words.nb += (words.empty() ? "" : "; ") + more.nb;
    words.en += (words.empty() ? "" : "; ") + more.en;
}

void add_definitions(Comparability& found, const Indicator& indicator, int first, int second)
{
    const auto [older, newer] = std::minmax(first, second);
    for (int id = older + 1; id <= newer; ++id) {
        const auto& definition = indicator.definition(id);
        if (definition.comparable_with_previous)
            say(found.caveat, definition.reason);
        else
            say(found.bar,
                definition.reason.empty() ? LocalizedText{"ny definisjon", "another definition"} : definition.reason);
    }
    const auto& old_base = indicator.definition(older).price_base;
    const auto& new_base = indicator.definition(newer).price_base;
    if (found.bar.empty() && old_base != new_base)
        found.bar = {fmt::format("ulike prisnivå: {} og {}", old_base, new_base),
                     fmt::format("different price bases: {} and {}", old_base, new_base)};
}

/// Of the indicators that the values are made from: under which definition each was read.
std::map<int, int> definitions_read(const IndicatorValue& value)
{
    std::map<int, int> read;
    for (const auto& input : value.inputs)
        if (input.indicator != 0)
            read[input.indicator] = input.definition;
    return read;
}

/// What one argument of coalesce() says of the period; nullptr where it has no number.
const IndicatorValue* figure_of(const IndicatorValue& value, std::size_t argument)
{
    const auto is_it = [&](const IndicatorValue& one) { return one.argument == argument && one.value.number; };
    if (is_it(value))
        return &value;
    const auto found = std::find_if(value.others.begin(), value.others.end(), is_it);
    return found == value.others.end() ? nullptr : &*found;
}

/// The two numbers that are compared: from the first source that has both.
struct Compared {
    const IndicatorValue* old_value = nullptr;
    const IndicatorValue* new_value = nullptr;
    bool is_across_sources = false;
};

Compared compared(const IndicatorValue* old_value, const IndicatorValue* new_value)
{
    if (!old_value || !new_value || old_value->argument == new_value->argument)
        return {old_value, new_value};
    // What an argument has, it has at its place or after: the first that has a number of its own comes first.
    const auto first = std::max(old_value->argument, new_value->argument);
    auto last = first;
    for (const auto* value : {old_value, new_value})
        for (const auto& other : value->others)
            last = std::max(last, other.argument);
    for (auto argument = first; argument <= last; ++argument)
        if (const auto* old_figure = figure_of(*old_value, argument))
            if (const auto* new_figure = figure_of(*new_value, argument))
                return {old_figure, new_figure};
    return {old_value, new_value, true};
}

/// Numbers of two sources compare only where the definition says so. A reason of the definitions' own stays.
void add_sources(Comparability& found, const Indicator& indicator, const Compared& numbers)
{
    if (!numbers.is_across_sources)
        return;
    const auto& [old_value, new_value, across] = numbers;
    const auto& definition = indicator.definition(std::max(old_value->definition, new_value->definition));
    if (definition.is_spliced)
        return say(found.caveat, definition.reason);
    say(found.bar, {fmt::format("to kilder: {} og {}", old_value->source, new_value->source),
                    fmt::format("two sources: {} and {}", old_value->source, new_value->source)});
}

/// That the numbers compared are not those shown, where one source has both and is not the first of each.
void add_figures(LocalizedText& caveat, const Compared& numbers, const IndicatorValue* shown_old,
                 const IndicatorValue* shown_new)
{
    if (numbers.old_value != shown_old || numbers.new_value != shown_new)
        say(caveat,
            {"begge tall fra " + numbers.new_value->source, "both figures from " + numbers.new_value->source});
}

/// The value's own, and those of all it is made from.
void add_vintages(Verdict& verdict, const IndicatorValue* value)
{
    const auto add = [&](std::int64_t vintage) {
        if (vintage != 0 &&
            std::find(verdict.vintages.begin(), verdict.vintages.end(), vintage) == verdict.vintages.end())
            verdict.vintages.push_back(vintage);
    };
    if (!value)
        return;
    add(value->vintage);
    for (const auto& input : value->inputs)
        add(input.vintage);
}

bool is_judged(JudgedOn judged_on, Comparison comparison, Levels levels)
{
    return judged_on == JudgedOn::change ||
           (judged_on == JudgedOn::level && levels == Levels::judged && comparison == Comparison::previous);
}

/// What is shown, but not judged.
Verdict not_judged(Verdict verdict, Change change)
{
    const bool on_level = change.target.has_value();
    change.target.reset();
    Judgement judgement;
    judgement.outcome = Outcome::not_judged;
    judgement.reason =
        on_level ? LocalizedText{"vurderes på nivået, ikke på endringen", "judged on its level, not on its change"}
                 : LocalizedText{"vurderes ikke", "is not judged"};
    verdict.outcome = judgement.outcome;
    verdict.unit = explain(change).unit;
    verdict.rule = fmt::format("{} not judged", change_rule);
    verdict.reason = judgement.reason.en;
    verdict.sentence = sentence_of(change, judgement);
    return verdict;
}

} // namespace

IndicatorKind kind_in_definition(const Indicator& indicator, int definition)
{
    return indicator.definition(definition).kind.value_or(indicator.kind);
}

Comparability comparability(const Catalogue* catalogue, const Indicator& indicator, const Period& from,
                            const IndicatorValue& old_value, const Period& to, const IndicatorValue& new_value,
                            const std::vector<SeriesBreak>& found)
{
    Comparability answer;
    add_definitions(answer, indicator, old_value.definition, new_value.definition);
    const auto read_now = catalogue ? definitions_read(new_value) : std::map<int, int>();
    for (const auto& [number, definition] : catalogue ? definitions_read(old_value) : std::map<int, int>())
        if (const auto now = read_now.find(number); now != read_now.end())
            add_definitions(answer, *catalogue->find(number), definition, now->second);
    const auto& breaks = indicator.definition(std::max(old_value.definition, new_value.definition)).breaks;
    const auto is_between = [&](const SeriesBreak& one) { return from < one.first_after && one.first_after <= to; };
    for (const auto& one : breaks)
        if (is_between(one))
            say(one.comparable ? answer.caveat : answer.bar, one.reason);
    for (const auto& one : found)
        if (is_between(one) && std::none_of(breaks.begin(), breaks.end(),
                                            [&](const auto& known) { return known.first_after == one.first_after; }))
            say(one.comparable ? answer.caveat : answer.bar, one.reason);
    return answer;
}

Verdict Judge::compare(Comparison comparison, const Period& from, const Period& to, Levels levels) const
{
    const auto* shown_old = find(values_, from);
    const auto* shown_new = find(values_, to);
    const auto numbers = compared(shown_old, shown_new);
    const auto* old_value = numbers.old_value;
    const auto* new_value = numbers.new_value;
    Verdict verdict;
    verdict.indicator = indicator_.number;
    verdict.definition = new_value   ? new_value->definition
                         : old_value ? old_value->definition
                                     : indicator_.definitions.back().id;
    verdict.comparison = comparison;
    verdict.from = from;
    verdict.to = to;
    verdict.years = years_between(from, to);
    verdict.old_value = old_value ? old_value->value.number : std::nullopt;
    verdict.new_value = new_value ? new_value->value.number : std::nullopt;
    verdict.provisional = (old_value && old_value->is_provisional()) || (new_value && new_value->is_provisional());
    add_vintages(verdict, old_value);
    add_vintages(verdict, new_value);

    const auto change = change_between(indicator_, verdict);
    if (!is_judged(indicator_.definition(verdict.definition).judged_on, comparison, levels))
        return not_judged(std::move(verdict), change);
    auto judgement = explain(change);
    if (judgement.outcome == Outcome::no_data) {
        judgement.reason = missing_between(values_, verdict);
    } else if (old_value && new_value && !change.target) {
        auto between = comparability(catalogue_, indicator_, from, *old_value, to, *new_value, breaks_);
        add_sources(between, indicator_, numbers);
        add_figures(between.caveat, numbers, shown_old, shown_new);
        verdict.caveat = std::move(between.caveat);
        if (!between.bar.empty()) {
            judgement = {Outcome::not_comparable, std::nullopt, judgement.unit, between.bar, {}, std::nullopt, false};
            verdict.caveat = {};
        }
    }
    auto sentence = sentence_of(change, judgement);
    verdict.outcome = judgement.outcome;
    verdict.change = judgement.change;
    verdict.unit = judgement.unit;
    verdict.rule = rule_text(change);
    verdict.reason = judgement.reason.en;
    verdict.sentence = std::move(sentence);
    verdict.near_miss = std::move(judgement.near_miss);
    verdict.margin = judgement.margin;
    verdict.within_margin = judgement.within_margin;
    return verdict;
}

std::vector<Verdict> Judge::all() const
{
    std::vector<Period> periods;
    for (const auto& [period, value] : values_)
        if ((value.value.number || !value.formula_error.empty()) && period.kind() != PeriodKind::other)
            periods.push_back(period);
    std::vector<Verdict> verdicts;
    const auto add = [&](Comparison comparison, const Period& from, const Period& to) {
        auto verdict = compare(comparison, from, to);
        if (verdict.outcome != Outcome::not_judged)
            verdicts.push_back(std::move(verdict));
    };
    for (std::size_t i = 1; i < periods.size(); ++i)
        add(Comparison::previous, periods[i - 1], periods[i]);
    if (periods.empty())
        return verdicts;
    const auto* newest = find(values_, periods.back());
    const auto& baseline =
        indicator_.baseline_in(newest ? indicator_.definition(newest->definition) : indicator_.definitions.back());
    if (periods.back() <= baseline)
        return verdicts;
    add(Comparison::baseline, baseline, periods.back());
    if (whole_years_apart(baseline, periods.back()))
        add(Comparison::per_year, baseline, periods.back());
    return verdicts;
}

Verdict compare(const Indicator& indicator, const IndicatorValues& values, Comparison comparison, const Period& from,
                const Period& to)
{
    return Judge(indicator, values, {}).compare(comparison, from, to);
}

std::vector<Verdict> current_verdicts(const Indicator& indicator, const IndicatorValues& values)
{
    return Judge(indicator, values, {}).all();
}

std::optional<Decimal> shown_change(const Indicator& indicator, const Verdict& verdict, int decimals)
{
    return verdict.change ? change_rounded(change_between(indicator, verdict), decimals) : std::nullopt;
}

} // namespace skurd
