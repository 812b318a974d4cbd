#include "base/error.hpp"
#include "base/time_text.hpp"
#include "indicator/catalogue_reader.hpp"
#include "indicator/formula.hpp"

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
    for (const auto& key : table.keys()) {
        const auto period = Period::parse(key);
        if (!period || period->kind() == PeriodKind::other)
            table.fail(key, fmt::format("'{}' is not a period such as 2016", key));
        found.in_period[*period] = table.require_integer(key, 1, most);
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

/// How a later definition relates to the one before it.
void read_relation(Section& section, const Definition& previous, Definition& definition)
{
    if (definition.from <= previous.from)
        section.fail("from", fmt::format("a definition begins after the one before it, that is after {}",
                                         format_date(previous.from)));
    if (!section.has("comparable"))
        section.fail("comparable", "the key 'comparable' is missing: say whether it compares with the definition "
                                   "before it, true or false");
    definition.comparable_with_previous = section.get_bool("comparable", false);
    definition.change = section.require_choice(
        "change", {DefinitionChange::method, DefinitionChange::question, DefinitionChange::wording,
                   DefinitionChange::population, DefinitionChange::unit, DefinitionChange::weights,
                   DefinitionChange::period, DefinitionChange::price_base, DefinitionChange::merged});
    if (definition.change == DefinitionChange::price_base && definition.price_base == previous.price_base)
        section.fail("change", "the price base is the same as in the definition before it");
    definition.reason = require_localized_text(section, "reason");
}

/// `fallback` is what the indicator says of all its definitions.
Definition read_definition(Section& section, const Indicator& indicator, const Definition& fallback)
{
    Definition definition;
    definition.id = static_cast<int>(indicator.definitions.size()) + 1;
    std::tie(definition.from, definition.from_known) = require_day(section, "from");
    definition.formula = require_formula(section);
    definition.where = section.where("formula");
    read_words(section, indicator, fallback, definition);
    definition.price_base = section.get_string("price_base", "");
    if (section.has("decimals"))
        definition.decimals = static_cast<int>(section.require_integer("decimals", 0, 8));
    if (!indicator.definitions.empty())
        read_relation(section, indicator.definitions.back(), definition);
    read_sight(section, indicator.definitions.empty() ? nullptr : &indicator.definitions.back(), definition);
    read_breaks(section, definition);
    return definition;
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

Indicator read_indicator(Section& section, const std::string& part)
{
    Indicator indicator;
    indicator.number = static_cast<int>(section.require_integer("number", 1, number_max));
    indicator.label = require_localized_text(section, "label");
    indicator.part = part;
    indicator.type = require_choice(section, "type", {"input", "activity", "result", "effect"});
    indicator.kind = require_kind(section);
    indicator.unit = section.require_string("unit");
    indicator.direction = section.require_choice<Direction>("direction");
    indicator.baseline = require_period(section, "baseline");
    indicator.source = section.require_string("source");
    indicator.target = read_target(section, indicator);
    indicator.thresholds = read_thresholds(section);
    indicator.revisions = read_revisions(section);
    const auto fallback = read_fallback(section, indicator);
    for (auto& definition : section.get_tables("definition"))
        indicator.definitions.push_back(read_definition(definition, indicator, fallback));
    if (indicator.definitions.empty())
        section.fail("definition", "an indicator needs at least one [[indicator.definition]]");
    return indicator;
}

} // namespace skurd
