#pragma once

#include "model/period.hpp"

#include <compare>
#include <cstdint>

namespace skurd {

/// An observation that a definition of an indicator leaves out, though its formula names the series: no publication
/// that the definition applies to states it.
struct LeftOut {
    std::int64_t series = 0;
    Period period;
    int indicator = 0;
    int definition = 0; ///< in force at the time asked about

    friend bool operator==(const LeftOut&, const LeftOut&) = default;
    friend auto operator<=>(const LeftOut&, const LeftOut&) = default;
};

} // namespace skurd
