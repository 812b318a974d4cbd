#include "lib/curl/address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace skurd {

namespace {

struct Block {
    std::uint32_t first;
    int bits;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d)
{
    return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array<Block, 15> special_v4 = {{
    {ip(0, 0, 0, 0), 8},
    {ip(10, 0, 0, 0), 8},
    {ip(100, 64, 0, 0), 10},
    {ip(127, 0, 0, 0), 8},
    {ip(169, 254, 0, 0), 16},
    {ip(172, 16, 0, 0), 12},
    {ip(192, 0, 0, 0), 24},
    {ip(192, 0, 2, 0), 24},
    {ip(192, 88, 99, 0), 24},
    {ip(192, 168, 0, 0), 16},
    {ip(198, 18, 0, 0), 15},
    {ip(198, 51, 100, 0), 24},
    {ip(203, 0, 113, 0), 24},
    {ip(224, 0, 0, 0), 4},
    {ip(240, 0, 0, 0), 4},
}};

using V6 = std::array<std::uint8_t, 16>;

bool is_public_v4(std::uint32_t address) noexcept
{
    for (const auto& block : special_v4)
        if ((address ^ block.first) >> (32 - block.bits) == 0)
            return false;
    return true;
}

std::uint32_t v4_within(const V6& address, std::size_t at) noexcept
{
    return ip(address[at], address[at + 1], address[at + 2], address[at + 3]);
}

bool starts_with(const V6& address, std::initializer_list<std::uint8_t> prefix) noexcept
{
    return std::equal(prefix.begin(), prefix.end(), address.begin());
}

bool is_public_v6(const V6& address) noexcept
{
    if (starts_with(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}))
        return is_public_v4(v4_within(address, 12));
    if (starts_with(address, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0}))
        return is_public_v4(v4_within(address, 12));
    if (starts_with(address, {0x20, 0x02}))
        return is_public_v4(v4_within(address, 2));
    if (starts_with(address, {0x20, 0x01, 0x0d, 0xb8}) || (starts_with(address, {0x20, 0x01}) && address[2] < 2) ||
        (starts_with(address, {0x3f, 0xff}) && address[2] < 0x10))
        return false; // documentation; 2001::/23, which protocols use among themselves; documentation again
    return (address[0] & 0xe0) == 0x20; // 2000::/3 is all that is global unicast
}

} // namespace

bool is_public_address(const sockaddr& address) noexcept
{
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof(v4));
        return is_public_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6)
        return false;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof(v6));
    V6 bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return is_public_v6(bytes);
}

bool is_address(std::string_view text)
{
    const std::string terminated(text);
    V6 bytes{};
    return inet_pton(AF_INET, terminated.c_str(), bytes.data()) == 1 ||
           inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1;
}

bool is_public_address(std::string_view text)
{
    const std::string terminated(text);
    in_addr v4{};
    if (inet_pton(AF_INET, terminated.c_str(), &v4) == 1)
        return is_public_v4(ntohl(v4.s_addr));
    V6 bytes{};
    return inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1 && is_public_v6(bytes);
}

} // namespace skurd
