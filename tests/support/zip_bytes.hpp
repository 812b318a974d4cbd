#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd::test {

/// An entry of a ZIP archive to be made, and what it is to lie about.
struct ZipPart {
    std::string name;
    std::string bytes;
    bool deflated = true;
    std::optional<std::uint32_t> stated_size{}; ///< unpacked, instead of the true one
    bool encrypted = false;                     ///< says so; the bytes are as they are
    std::uint16_t method = 8;                   ///< said of deflated ones
    std::size_t times = 1;                      ///< the bytes this many times over, made at once: a bomb
};

/// A ZIP archive of these entries (PKWARE APPNOTE 4.3).
std::string zip_of(const std::vector<ZipPart>& parts);

/// Packed as small as zlib can. `window_bits` and `flush` are as zlib.h has them: -15 = raw, 15 = zlib, 31 = gzip;
/// with Z_FULL_FLUSH, instead of Z_FINISH, a piece that may stand anywhere in a stream, and again.
std::string deflated(const std::string& bytes, int window_bits, int flush);

} // namespace skurd::test
