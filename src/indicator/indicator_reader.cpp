#include "base/error.hpp"
#include "base/time_text.hpp"
#include "indicator/catalogue_reader.hpp"

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
    return *indicator_kind_from(require_choice(section, "kind", {"share", "number", "amount", "ratio", "score"}));
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

void read_breaks(Section& section, Definition& definition)
{
    for (const auto& text : section.get_strings("breaks")) {
        const auto period = Period::parse(text);
        if (!period || period->kind() == PeriodKind::other)
            section.fail("breaks", fmt::format("'{}' is not a period such as 2018", text));
        definition.breaks.push_back(*period);
    }
    if (!definition.breaks.empty())
        definition.break_reason = require_words(section, "break_reason");
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
    definition.reason = require_words(section, "reason");
    definition.keeps_earlier_values = section.get_choice("earlier_values", "drop", {"keep", "drop"}) == "keep";
    if (!definition.keeps_earlier_values)
        return;
    if (!definition.comparable_with_previous)
        section.fail("earlier_values", "earlier values can only be kept where the definitions are comparable");
    if (definition.formula.text() != previous.formula.text())
        section.fail("earlier_values", "earlier values can only be kept where the formula stays the same");
}

Definition read_definition(Section& section, const Indicator& indicator)
{
    Definition definition;
    definition.id = static_cast<int>(indicator.definitions.size()) + 1;
    definition.from = require_time(section, "from");
    definition.formula = require_formula(section);
    if (section.has("kind"))
        definition.kind = require_kind(section);
    definition.unit = section.get_string("unit", indicator.unit);
    definition.price_base = section.get_string("price_base", "");
    if (!indicator.definitions.empty())
        read_relation(section, indicator.definitions.back(), definition);
    read_breaks(section, definition);
    return definition;
}

} // namespace

Words require_words(Section& section, std::string_view key)
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

Time require_time(Section& section, std::string_view key)
{
    const auto text = section.require_string(key);
    const auto time = parse_time(text);
    if (!time)
        section.fail(key, fmt::format("'{}' is not a day such as 2018-04-01", text));
    return *time;
}

Selector require_formula(Section& section)
{
    const auto text = section.require_string("formula");
    try {
        return Selector::parse(text);
    } catch (const Error& failure) {
        section.fail("formula", failure.what());
    }
}

Indicator read_indicator(Section& section, const std::string& part)
{
    Indicator indicator;
    indicator.number = static_cast<int>(section.require_integer("number", 1, number_max));
    indicator.label = require_words(section, "label");
    indicator.part = part;
    indicator.type = require_choice(section, "type", {"input", "activity", "result", "effect"});
    indicator.kind = require_kind(section);
    indicator.unit = section.require_string("unit");
    indicator.direction = *direction_from(require_choice(section, "direction", {"up", "down", "neutral"}));
    indicator.baseline = require_period(section, "baseline");
    indicator.source = section.require_string("source");
    indicator.target = read_target(section, indicator);
    indicator.thresholds = read_thresholds(section);
    for (auto& definition : section.get_tables("definition"))
        indicator.definitions.push_back(read_definition(definition, indicator));
    if (indicator.definitions.empty())
        section.fail("definition", "an indicator needs at least one [[indicator.definition]]");
    return indicator;
}

} // namespace skurd
