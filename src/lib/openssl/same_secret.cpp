#include "lib/openssl/same_secret.hpp"

#include "lib/openssl/sha256.hpp"

#include <openssl/crypto.h>

namespace skurd {

bool is_same_secret(std::string_view given, std::string_view secret)
{
    // Of their hashes, which are of one length whatever theirs is.
    const auto a = Sha256::of(given);
    const auto b = Sha256::of(secret);
    return CRYPTO_memcmp(a.data(), b.data(), b.size()) == 0;
}

} // namespace skurd
