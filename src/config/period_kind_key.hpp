#pragma once

#include "config/section.hpp"
#include "model/period.hpp"

#include <optional>

namespace skurd {

/// `period_kind`: what periods are that are written as a year and a number ("2005-06", "202206", "20221") and may be
/// several things. Nothing where the job does not say. Throws Error (usage) with file:line.
inline std::optional<PeriodKind> get_period_kind(Section& section)
{
    if (!section.has("period_kind"))
        return std::nullopt;
    return section.require_choice("period_kind",
                                  {PeriodKind::half_year, PeriodKind::tertial, PeriodKind::quarter, PeriodKind::month,
                                   PeriodKind::week, PeriodKind::school_year, PeriodKind::span});
}

} // namespace skurd
