#pragma once

#include "model/period.hpp"

#include <compare>
#include <cstdint>

namespace skurd {

/// An observation that an indicator leaves out, though it reads the series: no publication that its definition
/// applies to states it.
struct LeftOut {
    std::int64_t series = 0;
    Period period;
    int indicator = 0;
    int definition = 0; ///< whose formula names the series: that in force, or one that it goes on from

    friend bool operator==(const LeftOut&, const LeftOut&) = default;
    friend auto operator<=>(const LeftOut&, const LeftOut&) = default;
};

} // namespace skurd
