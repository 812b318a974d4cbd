#pragma once

#include "model/observation.hpp"
#include "model/period.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace skurd {

/// Ids that follow from what they stand for: the same in every store and on every engine, so that nobody waits to be
/// given one. They are kept in stores: what a function here gives may never change.

/// Periods of a known form have small ids that follow one another in time (2016 is 2016, 2016Q4 is 4008067), so that
/// those of a release are a range; any other has a hash of its text, from 2^62 on.
std::int64_t period_id(const Period& period);

/// Which sequence the period with that id stands in: years, quarters, spans of three years ... Those of one sequence
/// follow one another in time. Nothing for a period of no known form.
std::optional<std::int64_t> period_sequence(std::int64_t period_id);

/// Of a period that a store of before has by this text, in whatever form.
std::int64_t stored_period_id(std::string_view text);

/// "No symbol" is 0; any other a hash of its text and meaning, from 2^62 on.
std::int64_t status_id(const Symbol& symbol);

/// What a cell that is gone has.
std::int64_t withdrawn_status_id();

} // namespace skurd
