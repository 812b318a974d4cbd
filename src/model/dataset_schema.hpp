#pragma once

#include "base/clock.hpp"
#include "model/cube.hpp"
#include "model/drift.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// The schema of a dataset when it was last ingested: all its dimensions, and of time (Role::time, where it is there)
/// the periods whose labels say more than which period they are.
struct DatasetSchema {
    std::vector<Dimension> dimensions;
    std::string job_hash; ///< of the job that asked: with another selection other codes are missing
    Time seen_at{};
};

/// A drift as it was recorded.
struct RecordedDrift {
    std::string dataset;
    Time seen_at{};
    std::int64_t run = 0;
    Drift drift; ///< without codes: its texts name them
};

} // namespace skurd
