#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace skurd {

/// The bytes as one Zstandard frame (RFC 8878) that states their size.
std::string zstd_compress(std::string_view bytes);

/// The other way. Throws Error for bytes that are no such frame, are damaged, or hold more than `size_max` bytes.
std::string zstd_decompress(std::string_view frame, std::size_t size_max);

} // namespace skurd
