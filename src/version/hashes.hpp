#pragma once

#include "model/release.hpp"

#include <string>
#include <string_view>

namespace skurd {

/// What two releases are compared by; SHA-256, lower-case hex. Neither depends on the order of dimensions or
/// categories, nor on categories none of whose cells is stated, nor on the source's "updated".
struct ReleaseHashes {
    std::string values;  ///< codes, periods, values (4.5 = 4.50), symbols with their meanings
    std::string content; ///< and labels (the title without the span of periods at its end), units, decimals, notes
};

ReleaseHashes hashes_of(const Release& release);

/// The title of a table without the span of periods that PxWeb puts at its end, "Population, by sex 1986 - 2025",
/// "... 2006M01-2025M09": it grows with every period and means nothing.
std::string_view label_without_period(std::string_view label);

} // namespace skurd
