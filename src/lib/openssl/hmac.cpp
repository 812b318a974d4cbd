#include "lib/openssl/hmac.hpp"

#include "base/error.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace skurd {

std::string hmac_sha256(std::string_view key, std::string_view text)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    const auto* bytes = static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
    if (!HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(), digest, &length))
        throw error("HMAC failed in OpenSSL");
    return fmt::format("{:02x}", fmt::join(digest, digest + length, ""));
}

} // namespace skurd
