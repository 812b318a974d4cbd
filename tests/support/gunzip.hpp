#pragma once

#include <zlib.h>

#include <array>
#include <stdexcept>
#include <string>

namespace skurd::test {

/// What a gzip file holds.
inline std::string gunzip(const std::string& bytes)
{
    z_stream z{};
    if (::inflateInit2(&z, 15 + 16) != Z_OK)
        throw std::runtime_error("inflate cannot begin");
    // NOLINTNEXTLINE: zlib's bytes are unsigned, and not const
    z.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
    z.avail_in = static_cast<unsigned>(bytes.size());
    std::string out;
    int state = Z_OK;
    while (state == Z_OK) {
        std::array<unsigned char, 65536> piece{};
        z.next_out = piece.data();
        z.avail_out = piece.size();
        state = ::inflate(&z, Z_NO_FLUSH);
        out.append(piece.begin(), piece.end() - z.avail_out);
    }
    ::inflateEnd(&z);
    if (state != Z_STREAM_END)
        throw std::runtime_error("not a whole gzip file");
    return out;
}

} // namespace skurd::test
