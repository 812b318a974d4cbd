#include "lib/openssl/sha256.hpp"

#include "base/error.hpp"

#include <openssl/evp.h>

namespace skurd {

struct Sha256::Context {
    EVP_MD_CTX* evp = EVP_MD_CTX_new();

    Context() = default;
    ~Context() { EVP_MD_CTX_free(evp); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
};

Sha256::Sha256() : context_(std::make_unique<Context>())
{
    if (!context_->evp || EVP_DigestInit_ex(context_->evp, EVP_sha256(), nullptr) != 1)
        throw error("SHA-256 cannot be started: OpenSSL has no memory or no such digest");
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes)
{
    if (EVP_DigestUpdate(context_->evp, bytes.data(), bytes.size()) != 1)
        throw error("SHA-256 failed in OpenSSL");
}

std::string Sha256::hex()
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (EVP_DigestFinal_ex(context_->evp, digest, &length) != 1)
        throw error("SHA-256 failed in OpenSSL");
    return fmt::format("{:02x}", fmt::join(digest, digest + length, ""));
}

std::string Sha256::of(std::string_view bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

} // namespace skurd
