#pragma once

#include <cstddef>
#include <string>

namespace skurd {

/// That many random bytes that nobody can foretell, as twice as many lower-case hexadecimal digits. Throws Error when
/// OpenSSL has none.
std::string random_hex(std::size_t bytes);

} // namespace skurd
