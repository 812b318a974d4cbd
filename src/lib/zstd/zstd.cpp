#include "lib/zstd/zstd.hpp"

#include "base/error.hpp"

#include <zstd.h>

namespace skurd {

std::string zstd_compress(std::string_view bytes)
{
    std::string frame(ZSTD_compressBound(bytes.size()), '\0');
    const auto size = ZSTD_compress(frame.data(), frame.size(), bytes.data(), bytes.size(), ZSTD_CLEVEL_DEFAULT);
    if (ZSTD_isError(size))
        throw error("zstd: cannot compress {} bytes: {}", bytes.size(), ZSTD_getErrorName(size));
    frame.resize(size);
    return frame;
}

std::string zstd_decompress(std::string_view frame, std::size_t size_max)
{
    const auto size = ZSTD_getFrameContentSize(frame.data(), frame.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
        throw error("zstd: these {} bytes are no Zstandard frame of ours", frame.size());
    if (size > size_max)
        throw error("zstd: the frame claims {} bytes, at most {} are expected", size, size_max);
    std::string bytes(size, '\0');
    const auto got = ZSTD_decompress(bytes.data(), bytes.size(), frame.data(), frame.size());
    if (ZSTD_isError(got))
        throw error("zstd: cannot decompress: {}", ZSTD_getErrorName(got));
    bytes.resize(got);
    return bytes;
}

} // namespace skurd
