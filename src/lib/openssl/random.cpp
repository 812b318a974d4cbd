#include "lib/openssl/random.hpp"

#include "base/error.hpp"

#include <openssl/rand.h>

#include <vector>

namespace skurd {

std::string random_hex(std::size_t bytes)
{
    std::vector<unsigned char> drawn(bytes);
    if (RAND_bytes(drawn.data(), static_cast<int>(drawn.size())) != 1)
        throw error("OpenSSL has no random bytes");
    return fmt::format("{:02x}", fmt::join(drawn, ""));
}

} // namespace skurd
