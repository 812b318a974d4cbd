#pragma once

#include "base/embedded_file.hpp"
#include "config/installation.hpp"
#include "model/indicator.hpp"

#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// An indicator that is to be written into the catalogue.
struct NewIndicator {
    int number = 0; ///< 0 = the next one that is free
    std::string label;
    IndicatorKind kind = IndicatorKind::number;
    Direction direction = Direction::neutral;
    std::string unit;
    Period baseline;
    std::string source;
    std::string formula;
    std::string for_each{};           ///< a dimension: one indicator for each of its codes; "" = one indicator
    std::vector<std::string> codes{}; ///< which of them, as patterns; empty = all
    std::optional<Decimal> threshold; ///< percentage points of a share, else percent; nothing = the rule's own
    std::string part;                 ///< of a report; one that is not there yet gets a set of its own
};

/// What becomes of it.
struct PlannedIndicator {
    int number = 0;
    int set = 0;                     ///< of whose report it is a row
    std::vector<EmbeddedFile> files; ///< for the folder of indicators
};

/// Makes the files of the catalogue for it, `stem`.toml and, where no set takes the indicator, one more with a set;
/// and reads the whole catalogue with them. Throws Error (usage): what is wrong with it then.
PlannedIndicator plan_indicator(const Installation& installation, const NewIndicator& wanted,
                                const std::string& stem);

} // namespace skurd
