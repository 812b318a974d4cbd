#pragma once

#include "model/release.hpp"

#include <string>

namespace skurd {

/// What two releases are compared by; SHA-256, lower-case hex. Neither depends on the order of dimensions or
/// categories, nor on the source's "updated".
struct ReleaseHashes {
    std::string values;  ///< codes, periods, values (4.5 = 4.50), symbols with their meanings
    std::string content; ///< and labels, units, decimals and notes
};

ReleaseHashes hashes_of(const Release& release);

} // namespace skurd
