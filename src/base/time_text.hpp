#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// Which end of a day a date without a time of day stands for.
enum class DayEdge { start, end };

/// "2019-11-01T07:00:00Z" (RFC 3339, UTC): how instants are written everywhere, in files, SQL and JSON.
std::string format_time(Time time);

/// "2019-11-01".
std::string format_date(Time time);

/// Reads "2019-11-01", "2019-11-01T08:00", "2019-11-01T08:00:00[.1234567][Z|+01:00]" (RFC 3339; a space may stand for
/// the T). Without an offset the text is UTC. A bare date is the first or the last second of that day, UTC.
/// Nothing when the text is not such an instant, the date does not exist, or the year in UTC is not of 1000 to 9999.
std::optional<Time> parse_time(std::string_view text, DayEdge edge = DayEdge::start);

} // namespace skurd
