#pragma once

#include <cstdint>
#include <string_view>

namespace skurd {

/// The whole number that at most four bytes are, the lowest first.
constexpr std::uint32_t little_endian(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

} // namespace skurd
