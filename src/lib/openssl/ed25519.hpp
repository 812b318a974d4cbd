#pragma once

#include <string>
#include <string_view>

namespace skurd {

/// A private key of Ed25519 (RFC 8032), from PEM as `openssl genpkey -algorithm ed25519` writes it. Signs.
struct Ed25519Signature {
    std::string public_key; ///< PEM
    std::string signature;  ///< 64 bytes
};

/// Signs the text. Throws Error where the PEM holds no unencrypted private key of Ed25519.
Ed25519Signature sign_ed25519(std::string_view private_key_pem, std::string_view text);

/// Whether the signature is that of the key's owner over the text. Throws Error where the PEM holds no public key of
/// Ed25519.
bool is_signed_ed25519(std::string_view public_key_pem, std::string_view text, std::string_view signature);

/// A public key's PEM as OpenSSL writes it, so that two texts of one key are equal. Throws Error as above.
std::string same_form_ed25519(std::string_view public_key_pem);

} // namespace skurd
