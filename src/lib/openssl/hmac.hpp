#pragma once

#include <string>
#include <string_view>

namespace skurd {

/// HMAC with SHA-256 (RFC 2104) of a text, as 64 lower-case hexadecimal digits. Throws Error when OpenSSL has no
/// memory.
std::string hmac_sha256(std::string_view key, std::string_view text);

} // namespace skurd
