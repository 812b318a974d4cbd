#include "model/indicator.hpp"

#include "model/status_report.hpp"

#include <algorithm>

namespace skurd {

LocalizedText kind_text(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::revision:
        return {"revidert", "revised"};
    case DifferenceKind::period_corrected:
        return {"rettet periode", "period corrected"};
    case DifferenceKind::price_base:
        return {"prisnivå", "price base"};
    case DifferenceKind::definition:
        return {"definisjon", "definition"};
    case DifferenceKind::renumbered:
        return {"nytt nummer", "renumbered"};
    case DifferenceKind::merged:
        return {"slått sammen", "merged"};
    case DifferenceKind::retired:
        return {"utgått", "retired"};
    case DifferenceKind::added:
        return {"ny", "added"};
    case DifferenceKind::verdict:
        return {"annen dom", "other verdict"};
    case DifferenceKind::gone:
        return {"borte", "gone"};
    }
    return {};
}

std::int64_t PeopleCount::in(const Period& period) const
{
    const auto found = in_period.find(period);
    return found == in_period.end() ? each : found->second;
}

std::optional<Period> StatusReport::Row::newest() const
{
    for (auto entry = course.rbegin(); entry != course.rend(); ++entry)
        if (entry->second.value.number)
            return entry->first;
    return std::nullopt;
}

const LocalizedText& Indicator::label_in(const Definition& definition) const
{
    return definition.label.empty() ? label : definition.label;
}

const Period& Indicator::baseline_in(const Definition& definition) const
{
    return definition.baseline ? *definition.baseline : baseline;
}

int Indicator::first_standing_definition() const
{
    if (definitions.empty())
        return 0;
    auto first = definitions.size() - 1;
    while (first > 0 && definitions[first].keeps_earlier_values)
        --first;
    return definitions[first].id;
}

const Definition& Indicator::definition(int id) const
{
    return definitions.at(static_cast<std::size_t>(id) - 1);
}

const Definition& Indicator::definition_at(std::optional<Time> published) const
{
    const Definition* in_force = &definitions.front();
    for (const auto& definition : definitions)
        if (!published || definition.from <= *published)
            in_force = &definition;
    return *in_force;
}

std::optional<int> IndicatorSet::number_of(int indicator) const
{
    if (!std::binary_search(members.begin(), members.end(), indicator))
        return std::nullopt;
    const auto other = numbers.find(indicator);
    return other == numbers.end() ? indicator : other->second;
}

const Indicator* Catalogue::find(int number) const
{
    const auto found = std::lower_bound(indicators.begin(), indicators.end(), number,
                                        [](const Indicator& one, int wanted) { return one.number < wanted; });
    return found == indicators.end() || found->number != number ? nullptr : &*found;
}

std::vector<std::string> IndicatorValue::datasets() const
{
    std::vector<std::string> found;
    for (const auto& input : inputs)
        if (!input.dataset.empty() && std::find(found.begin(), found.end(), input.dataset) == found.end())
            found.push_back(input.dataset);
    return found;
}

const IndicatorTemplate* Catalogue::find_template(int number) const
{
    const auto found = std::find_if(templates.begin(), templates.end(),
                                    [&](const auto& one) { return one.indicator.number == number; });
    return found == templates.end() ? nullptr : &*found;
}

const IndicatorSet* Catalogue::set(int number) const
{
    const auto found = std::find_if(sets.begin(), sets.end(), [&](const auto& s) { return s.number == number; });
    return found == sets.end() ? nullptr : &*found;
}

} // namespace skurd
