#pragma once

#include <zstd.h>

#include <array>
#include <stdexcept>
#include <string>

namespace skurd::test {

/// What a Zstandard frame holds that does not state its size.
inline std::string unzstd(const std::string& frame)
{
    auto* stream = ZSTD_createDStream();
    ZSTD_inBuffer in{frame.data(), frame.size(), 0};
    std::string out;
    std::size_t left = 1;
    while (left != 0 && !ZSTD_isError(left)) {
        std::array<char, 65536> buffer{};
        ZSTD_outBuffer piece{buffer.data(), buffer.size(), 0};
        left = ZSTD_decompressStream(stream, &piece, &in);
        if (in.pos == in.size && piece.pos == 0 && left != 0)
            break;
        out.append(buffer.data(), piece.pos);
    }
    ZSTD_freeDStream(stream);
    if (left != 0 || in.pos != in.size)
        throw std::runtime_error("not a whole Zstandard frame");
    return out;
}

} // namespace skurd::test
