#include "indicator/rule_text.hpp"

#include "base/time_text.hpp"
#include "indicator/evaluate.hpp"
#include "indicator/rule.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

std::string people_text(const PeopleCount& people)
{
    auto text = std::to_string(people.each);
    for (const auto& [period, count] : people.in_period)
        text += fmt::format(" {}:{}", period.text(), count);
    return text;
}

/// How the values under a definition come about, and whether they compare with those before.
std::string values_text(const Definition& definition)
{
    return fmt::format("{} {} price={} decimals={} earlier={}{} comparable={} spliced={}\n",
                       format_time(definition.from), definition.formula.text(), definition.price_base,
                       definition.decimals.value_or(-1), definition.reads_earlier_values,
                       definition.keeps_earlier_values, definition.comparable_with_previous, definition.is_spliced);
}

/// What the values under a definition are judged by.
std::string judging_text(const Indicator& indicator, const Definition& definition)
{
    auto text = fmt::format("{} {} {} {} of {}", to_string(kind_in_definition(indicator, definition.id)),
                            indicator.baseline_in(definition).text(), to_string(definition.judged_on),
                            people_text(definition.respondents), people_text(definition.population));
    for (const auto& one : definition.breaks)
        text += fmt::format(" {}{}", one.comparable ? '~' : '|', one.first_after.text());
    return text + '\n';
}

} // namespace

std::string rule_text(const Catalogue& catalogue, const Indicator& indicator)
{
    const auto& limits = indicator.thresholds.value_or(default_thresholds);
    auto text = fmt::format("{} {} ±{} ±{}% {}\n", change_rule, to_string(indicator.direction),
                            limits.share_points.normalised().text(), limits.percent.normalised().text(),
                            indicator.target ? indicator.target->normalised().text() : "");
    for (const auto& definition : indicator.definitions)
        text += judging_text(indicator, definition);
    for (const auto* one : made_from(catalogue, indicator)) {
        text += fmt::format("{}\n", one->number);
        for (const auto& definition : one->definitions)
            text += values_text(definition);
    }
    return text;
}

} // namespace skurd
