#pragma once

#include "model/observation.hpp"
#include "model/period.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// The agency that skurd's structures are maintained by, and their version.
inline constexpr std::string_view sdmx_agency = "SKURD";
inline constexpr std::string_view sdmx_version = "1.0";

/// A text as an identifier of SDMX (NCName without points): letters of ASCII, digits, "-" and "_", and no digit or
/// "-" first. Of two texts the identifiers may be the same.
std::string sdmx_id(std::string_view text);

/// The identifiers of a dataset's dimensions, in their order: each another one, and none of those that a column or a
/// part of ours has (TIME_PERIOD, OBS_VALUE …).
std::vector<std::string> sdmx_ids(const std::vector<std::string>& dimensions);

/// A period as SDMX writes time: "2016", "2016-S1", "2016-T3", "2016-Q4", "2016-12", "2016-W52"; a school year and a
/// span as a range, "2016-08-01/P1Y", "2016-01-01/P3Y". What is none of these as its own text.
std::string sdmx_period(const Period& period);

/// The code of the code list CL_OBS_STATUS that is nearest to what the value's symbol means: "A" for a number that
/// nothing is said of, "O" for a missing one.
std::string_view sdmx_status(const Value& value);

} // namespace skurd
