#include "model/indicator.hpp"

#include <algorithm>

namespace skurd {

const Definition& Indicator::definition_at(std::optional<Time> published) const
{
    const Definition* in_force = &definitions.front();
    for (const auto& definition : definitions)
        if (!published || definition.from <= *published)
            in_force = &definition;
    return *in_force;
}

const Indicator* Catalogue::find(int number) const
{
    const auto found =
        std::find_if(indicators.begin(), indicators.end(), [&](const auto& i) { return i.number == number; });
    return found == indicators.end() ? nullptr : &*found;
}

const IndicatorSet* Catalogue::set(int number) const
{
    const auto found = std::find_if(sets.begin(), sets.end(), [&](const auto& s) { return s.number == number; });
    return found == sets.end() ? nullptr : &*found;
}

} // namespace skurd
