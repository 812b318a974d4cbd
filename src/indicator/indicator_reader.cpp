#include "base/error.hpp"
#include "base/time_text.hpp"
#include "indicator/catalogue_reader.hpp"
#include "indicator/formula.hpp"
#include "model/indicator_name.hpp"

#include <algorithm>

#include <tuple>

namespace skurd {

namespace {

constexpr int number_max = 9999;

Decimal require_decimal(Section& section, std::string_view key)
{
    const auto text = section.require_string(key);
    const auto number = Decimal::parse(text);
    if (!number)
        section.fail(key, fmt::format("'{}' is not a number such as \"2.5\"", text));
    return *number;
}

IndicatorKind require_kind(Section& section)
{
    return section.require_choice<IndicatorKind>("kind");
}

std::optional<Thresholds> read_thresholds(Section& section)
{
    auto table = section.get_table("thresholds");
    if (!table)
        return std::nullopt;
    const Thresholds thresholds = {require_decimal(*table, "share_points"), require_decimal(*table, "percent")};
    for (const auto& [key, value] :
         {std::pair("share_points", thresholds.share_points), std::pair("percent", thresholds.percent)})
        if (value.is_negative())
            table->fail(key, fmt::format("'{}' cannot be negative", key));
    return thresholds;
}

std::optional<Decimal> read_target(Section& section, const Indicator& indicator)
{
    if (!section.has("target"))
        return std::nullopt;
    if (indicator.kind != IndicatorKind::ratio || indicator.direction != Direction::up)
        section.fail("target", "only a ratio whose desired direction is up can have a target");
    return require_decimal(section, "target");
}

SeriesBreak read_break(Section& section)
{
    SeriesBreak found;
    found.first_after = require_period(section, "from");
    if (!section.has("comparable"))
        section.fail("comparable", "the key 'comparable' is missing: say whether values before and after the break "
                                   "compare all the same, true or false");
    found.comparable = section.get_bool("comparable", false);
    found.reason = require_localized_text(section, "reason");
    return found;
}

void read_breaks(Section& section, Definition& definition)
{
    for (auto& table : section.get_tables("break")) {
        auto found = read_break(table);
        if (!definition.breaks.empty() && found.first_after <= definition.breaks.back().first_after)
            table.fail("from", "breaks stand in the order of their periods, each once");
        definition.breaks.push_back(std::move(found));
    }
}

/// One number for all periods, or a table by period.
PeopleCount read_people(Section& section, std::string_view key, const PeopleCount& fallback)
{
    constexpr std::int64_t most = 100'000'000;
    if (!section.has(key))
        return fallback;
    PeopleCount found;
    if (!section.is_table(key)) {
        found.each = section.require_integer(key, 1, most);
        return found;
    }
    auto table = section.require_table(key);
    for (const auto& text : table.keys()) {
        const auto period = Period::parse(text);
        if (!period || period->kind() == PeriodKind::other)
            table.fail(text, fmt::format("'{}' is not a period such as 2016", text));
        found.in_period[*period] = table.require_integer(text, 1, most);
    }
    return found;
}

/// More answers than there are people to ask are a mistake.
void check_population(const Section& section, const Definition& definition)
{
    const auto is_more = [&](std::int64_t asked, std::int64_t there) { return there != 0 && asked > there; };
    const auto& respondents = definition.respondents;
    bool wrong = is_more(respondents.each, definition.population.each);
    for (const auto& [period, count] : respondents.in_period)
        wrong = wrong || is_more(count, definition.population.in(period));
    for (const auto& [period, count] : definition.population.in_period)
        wrong = wrong || is_more(respondents.in(period), count);
    if (wrong)
        section.fail("population", "there are more respondents than there are in the population they are drawn from");
}

JudgedOn read_judged_on(Section& section, const Indicator& indicator, JudgedOn fallback)
{
    const auto judged_on = section.get_choice("judge", fallback);
    if (judged_on == JudgedOn::level && !indicator.target)
        section.fail("judge", "a level is judged by a target, and the indicator has none");
    return judged_on;
}

/// What a definition says of itself, else as the indicator does.
void read_words(Section& section, const Indicator& indicator, const Definition& fallback, Definition& definition)
{
    definition.label = section.has("label") ? require_localized_text(section, "label") : indicator.label;
    if (section.has("kind"))
        definition.kind = require_kind(section);
    definition.unit = section.get_string("unit", indicator.unit);
    definition.baseline = section.has("baseline") ? require_period(section, "baseline") : indicator.baseline;
    definition.judged_on = read_judged_on(section, indicator, fallback.judged_on);
    definition.respondents = read_people(section, "respondents", fallback.respondents);
    definition.population = read_people(section, "population", fallback.population);
    check_population(section, definition);
}

/// What of a definition's own values and of earlier ones it sees.
void read_sight(Section& section, const Definition* previous, Definition& definition)
{
    const auto status = section.get_choice("earlier_values", "drop", {"keep", "drop", "read"});
    definition.reads_earlier_values = status == "read";
    definition.keeps_earlier_values = status == "keep";
    if (!definition.keeps_earlier_values)
        return;
    if (!previous)
        section.fail("earlier_values", "the first definition has none before it whose values it could keep");
    if (!definition.comparable_with_previous)
        section.fail("earlier_values", "earlier values can only be kept where the definitions are comparable");
    if (definition.formula.text() != previous->formula.text())
        section.fail("earlier_values", "earlier values can only be kept where the formula stays the same");
}

/// Of a definition that goes on from the one before it: whether their numbers compare, which is whether its sources'
/// do.
bool read_comparable(Section& section, Definition& definition)
{
    if (reads_earlier(definition.formula)) {
        if (section.has("comparable"))
            section.fail("comparable", "a formula with earlier() says 'spliced' instead: whether the numbers of its "
                                       "sources compare");
        definition.is_spliced = section.get_bool("spliced", false);
        return definition.is_spliced;
    }
    if (section.has("spliced"))
        section.fail("spliced", "only a formula with earlier() has 'spliced'; say 'comparable' instead");
    if (!section.has("comparable"))
        section.fail("comparable", "the key 'comparable' is missing: say whether it compares with the definition "
                                   "before it, true or false");
    return section.get_bool("comparable", false);
}

/// How a later definition relates to the one before it.
void read_relation(Section& section, const Definition& previous, Definition& definition)
{
    if (definition.from <= previous.from)
        section.fail("from", fmt::format("a definition begins after the one before it, that is after {}",
                                         format_date(previous.from)));
    definition.comparable_with_previous = read_comparable(section, definition);
    definition.change = section.require_choice("change", {DefinitionChange::method, DefinitionChange::question,
                                                          DefinitionChange::wording, DefinitionChange::population,
                                                          DefinitionChange::unit, DefinitionChange::weights,
                                                          DefinitionChange::period, DefinitionChange::price_base,
                                                          DefinitionChange::merged, DefinitionChange::source});
    if (definition.change == DefinitionChange::price_base && definition.price_base == previous.price_base)
        section.fail("change", "the price base is the same as in the definition before it");
    definition.reason = require_localized_text(section, "reason");
}

/// What a definition says of itself, apart from those before it. `fallback` is what the indicator says of all of
/// them.
Definition read_meaning(Section& section, const Indicator& indicator, const Definition& fallback, Mistakes& mistakes)
{
    Definition definition;
    definition.id = static_cast<int>(indicator.definitions.size()) + 1;
    mistakes.attempt([&] { std::tie(definition.from, definition.from_known) = require_day(section, "from"); });
    mistakes.attempt([&] { definition.formula = require_formula(section); });
    definition.where = section.where("formula");
    mistakes.attempt([&] { read_words(section, indicator, fallback, definition); });
    mistakes.attempt([&] { definition.price_base = section.get_string("price_base", ""); });
    mistakes.attempt([&] {
        if (section.has("decimals"))
            definition.decimals = static_cast<int>(section.require_integer("decimals", 0, 8));
    });
    return definition;
}

/// The next definition. After a mistake what hangs on it is not looked at.
void read_definition(Section& section, Indicator& indicator, const Definition& fallback, Mistakes& mistakes)
{
    const auto found_before = mistakes.count();
    auto definition = read_meaning(section, indicator, fallback, mistakes);
    const auto* previous = indicator.definitions.empty() ? nullptr : &indicator.definitions.back();
    const bool is_whole = mistakes.count() == found_before && mistakes.attempt([&] {
        if (!previous && reads_earlier(definition.formula))
            section.fail("formula", "the first definition has none before it that earlier() could mean");
        if (previous)
            read_relation(section, *previous, definition);
        read_sight(section, previous, definition);
        read_breaks(section, definition);
    });
    if (!is_whole)
        section.give_up();
    indicator.definitions.push_back(std::move(definition));
}

void read_definitions(Section& section, Indicator& indicator, const Definition& fallback, Mistakes& mistakes)
{
    for (auto& definition : section.get_tables("definition"))
        read_definition(definition, indicator, fallback, mistakes);
    if (indicator.definitions.empty())
        section.fail("definition", "an indicator needs at least one [[indicator.definition]]");
}

/// What holds for every definition that does not say otherwise. One with a target was always judged on its level.
Definition read_fallback(Section& section, const Indicator& indicator)
{
    Definition fallback;
    fallback.judged_on = read_judged_on(section, indicator, indicator.target ? JudgedOn::level : JudgedOn::change);
    fallback.respondents = read_people(section, "respondents", {});
    fallback.population = read_people(section, "population", {});
    return fallback;
}

std::vector<RevisionReason> read_revisions(Section& section)
{
    std::vector<RevisionReason> revisions;
    for (auto& table : section.get_tables("revision"))
        revisions.push_back({require_period(table, "period"), require_day(table, "published").first,
                             require_localized_text(table, "reason")});
    return revisions;
}

} // namespace

LocalizedText require_localized_text(Section& section, std::string_view key)
{
    if (section.has(key) && !section.is_table(key)) {
        const auto both = section.require_string(key);
        return {both, both};
    }
    auto table = section.require_table(key);
    return {table.require_string("nb"), table.require_string("en")};
}

std::string require_choice(Section& section, std::string_view key, std::initializer_list<std::string_view> known)
{
    section.require_string(key);
    return section.get_choice(key, "", known);
}

Period require_period(Section& section, std::string_view key)
{
    const auto text = section.require_string(key);
    const auto period = Period::parse(text);
    if (!period || period->kind() == PeriodKind::other)
        section.fail(key, fmt::format("'{}' is not a period such as 2016", text));
    return *period;
}

std::pair<Time, Confidence> require_day(Section& section, std::string_view key)
{
    constexpr std::size_t month_size = 7; // 2018-04
    const auto text = section.require_string(key);
    const bool is_month = text.size() == month_size;
    const auto time = parse_time(is_month ? text + "-01" : text);
    if (!time)
        section.fail(key, fmt::format("'{}' is not a day such as 2018-04-01, nor a month such as 2018-04", text));
    return {*time, is_month ? Confidence::month : Confidence::day};
}

Formula require_formula(Section& section, std::string_view key)
{
    const auto text = section.require_string(key);
    try {
        return parse_formula(text);
    } catch (const Error& failure) {
        section.fail(key, failure.what());
    }
}

Indicator read_indicator(Section& section, const std::string& part, Mistakes& mistakes)
{
    const auto found_before = mistakes.count();
    Indicator indicator;
    indicator.part = part;
    Definition fallback;
    const auto read = [&](auto work) { mistakes.attempt(work); };
    read([&] { indicator.number = static_cast<int>(section.require_integer("number", 1, number_max)); });
    read([&] { indicator.label = require_localized_text(section, "label"); });
    read([&] { indicator.type = require_choice(section, "type", {"input", "activity", "result", "effect"}); });
    read([&] { indicator.kind = require_kind(section); });
    read([&] { indicator.unit = section.require_string("unit"); });
    read([&] { indicator.direction = section.require_choice<Direction>("direction"); });
    read([&] { indicator.baseline = require_period(section, "baseline"); });
    read([&] { indicator.source = section.require_string("source"); });
    read([&] { indicator.thresholds = read_thresholds(section); });
    read([&] { indicator.revisions = read_revisions(section); });
    if (mistakes.count() == found_before)
        read([&] {
            indicator.target = read_target(section, indicator);
            fallback = read_fallback(section, indicator);
        });
    read([&] { read_definitions(section, indicator, fallback, mistakes); });
    if (mistakes.count() != found_before)
        section.give_up();
    return indicator;
}

IndicatorTemplate read_template(Section& section, Indicator indicator)
{
    IndicatorTemplate found;
    found.dimension = section.require_string("for_each");
    found.codes = section.get_strings("codes");
    if (indicator.number > template_number_max)
        section.fail("number", fmt::format("an indicator for each code has a number up to {}", template_number_max));
    const auto has_place = [&](const Definition& definition) {
        const auto selectors = selectors_of(definition.formula);
        return std::any_of(selectors.begin(), selectors.end(), [&](const Selector& selector) {
            return std::find(selector.codes.begin(), selector.codes.end(),
                             std::pair(found.dimension, std::vector<std::string>{"*"})) != selector.codes.end();
        });
    };
    if (!std::all_of(indicator.definitions.begin(), indicator.definitions.end(), has_place))
        section.fail("for_each",
                     fmt::format("each formula needs a series with {}=*, where the code is put", found.dimension));
    found.indicator = std::move(indicator);
    return found;
}

} // namespace skurd
