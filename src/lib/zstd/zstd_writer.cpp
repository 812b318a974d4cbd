#include "lib/zstd/zstd_writer.hpp"

#include "base/error.hpp"

#include <zstd.h>

#include <array>

namespace skurd {

namespace {

constexpr int level = 3;
constexpr int window_log = 18; // 256 kB: a stream then takes less than 2 MB of memory

} // namespace

struct ZstdWriter::Stream {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    std::array<char, 16384> buffer{};

    std::string run(std::string_view bytes, ZSTD_EndDirective what)
    {
        std::string out;
        ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
        bool is_done = false;
        while (!is_done) {
            ZSTD_outBuffer piece{buffer.data(), buffer.size(), 0};
            const auto left = ZSTD_compressStream2(context, &piece, &in, what);
            if (ZSTD_isError(left))
                throw error("zstd: cannot compress: {}", ZSTD_getErrorName(left));
            out.append(buffer.data(), piece.pos);
            is_done = what == ZSTD_e_end ? left == 0 : in.pos == in.size;
        }
        return out;
    }
};

ZstdWriter::ZstdWriter() : stream_(std::make_unique<Stream>())
{
    auto* context = stream_->context;
    if (!context || ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level)) ||
        ZSTD_isError(ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, window_log))) {
        ZSTD_freeCCtx(context);
        throw error("zstd cannot begin");
    }
}

ZstdWriter::~ZstdWriter()
{
    ZSTD_freeCCtx(stream_->context);
}

std::string ZstdWriter::add(std::string_view bytes)
{
    return stream_->run(bytes, ZSTD_e_continue);
}

std::string ZstdWriter::end()
{
    return stream_->run({}, ZSTD_e_end);
}

} // namespace skurd
