#pragma once

#include "store/engine/database.hpp"
#include "store/observations.hpp"
#include "version/timeline.hpp"

#include <cstdint>
#include <vector>

namespace skurd {

/// The releases of one dataset.
Timeline load_timeline(Database& database, std::int64_t dataset);

/// Notes that a vintage of a dataset was seen unchanged at that time.
void touch_vintage(Database& database, std::int64_t dataset, std::int64_t vintage, Time seen_at);

/// What the first `place` releases of the timeline leave of a series, from its rows; ascending by period id.
std::vector<CellState> newest_states(SeriesRows& rows, const Timeline& line, std::size_t place, std::int64_t series);

} // namespace skurd
