#pragma once

#include <cstdint>
#include <string_view>

namespace skurd {

/// A number that stays the same in every run and every program (FNV-1a, 64 bits): to spread what jobs do over days,
/// and to tell bytes of one source apart. Several texts have one together where each is given the number before it.
/// It is no proof against somebody who wants two texts to have one number.
std::uint64_t fingerprint(std::string_view bytes, std::uint64_t before = 0xcbf29ce484222325U);

} // namespace skurd
