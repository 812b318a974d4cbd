#pragma once

#include "model/release_difference.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What decoding the stored payloads of one vintage again, with today's code and today's job, came to.
struct Replayed {
    std::string job;
    Vintage vintage;     ///< as it was ingested
    std::string failure; ///< why it, or a part of it, cannot be ingested again; "" where all of it can
    std::vector<CellDifference> differences; ///< stored -> decoded
    std::optional<std::int64_t> new_vintage; ///< what was accepted
};

} // namespace skurd
