#include "base/fingerprint.hpp"

namespace skurd {

std::uint64_t fingerprint(std::string_view bytes, std::uint64_t before)
{
    for (const char c : bytes)
        before = (before ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return before;
}

} // namespace skurd
