#pragma once

#include "store/engine/database.hpp"
#include "version/coverage.hpp"

#include <cstdint>

namespace skurd {

/// The id in table coverage; the same cells of a dataset are kept once.
std::int64_t store_coverage(Database& database, std::int64_t dataset, const StatedCells& stated);
/// Throws Error for an id that is not there.
StatedCells load_coverage(Database& database, std::int64_t dataset, std::int64_t id);

} // namespace skurd
