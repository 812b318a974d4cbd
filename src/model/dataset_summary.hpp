#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <string>

namespace skurd {

/// A dataset of the store in one line.
struct DatasetSummary {
    std::string dataset; ///< "ssb/07459"
    std::string label;   ///< as it is called today
    std::int64_t vintages = 0;
    Time published_at{};      ///< of the newest vintage
    Time observed_at{};       ///< when a vintage of it was seen first, last
    Time last_confirmed_at{}; ///< when its source last said what the store has
};

} // namespace skurd
