#include "lib/openssl/ed25519.hpp"

#include "base/error.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

namespace skurd {

namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Bio memory_of(std::string_view text)
{
    return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

/// OpenSSL asks on the terminal for the password of an encrypted key unless somebody else answers.
int no_password(char*, int, int, void*)
{
    return -1;
}

Key checked(EVP_PKEY* found, const char* what)
{
    Key key(found, &EVP_PKEY_free);
    if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519)
        throw error("that is no {} key of Ed25519 in PEM (openssl genpkey -algorithm ed25519 makes a private key "
                    "without a password, openssl pkey -pubout gives the public one)",
                    what);
    return key;
}

Key public_key(std::string_view pem)
{
    const auto memory = memory_of(pem);
    return checked(PEM_read_bio_PUBKEY(memory.get(), nullptr, no_password, nullptr), "public");
}

std::string pem_of(EVP_PKEY* key)
{
    const Bio memory(BIO_new(BIO_s_mem()), &BIO_free);
    char* text = nullptr;
    if (!memory || PEM_write_bio_PUBKEY(memory.get(), key) != 1)
        throw error("OpenSSL cannot write a public key");
    const auto length = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

const unsigned char* raw_bytes(std::string_view text)
{
    return static_cast<const unsigned char*>(static_cast<const void*>(text.data()));
}

} // namespace

Ed25519Signature sign_ed25519(std::string_view private_key_pem, std::string_view text)
{
    const auto memory = memory_of(private_key_pem);
    const auto key = checked(PEM_read_bio_PrivateKey(memory.get(), nullptr, no_password, nullptr), "private");
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    unsigned char signature[64];
    std::size_t length = sizeof signature;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), signature, &length, raw_bytes(text), text.size()) != 1)
        throw error("OpenSSL cannot sign with that key");
    return {pem_of(key.get()), std::string(signature, signature + length)};
}

bool is_signed_ed25519(std::string_view public_key_pem, std::string_view text, std::string_view signature)
{
    const auto key = public_key(public_key_pem);
    const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (!context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1)
        throw error("OpenSSL cannot verify with that key");
    return EVP_DigestVerify(context.get(), raw_bytes(signature), signature.size(), raw_bytes(text), text.size()) == 1;
}

std::string same_form_ed25519(std::string_view public_key_pem)
{
    return pem_of(public_key(public_key_pem).get());
}

} // namespace skurd
