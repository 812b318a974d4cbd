#pragma once

#include <string_view>

namespace skurd {

/// Whether somebody gave the secret. How long it takes tells nothing of what the two have in common, nor of how long
/// the secret is. Throws Error when OpenSSL has no memory.
bool is_same_secret(std::string_view given, std::string_view secret);

} // namespace skurd
