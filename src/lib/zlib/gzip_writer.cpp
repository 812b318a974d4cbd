#include "lib/zlib/gzip_writer.hpp"

#include "base/error.hpp"

#define ZLIB_CONST
#include <zlib.h>

#include <array>

namespace skurd {

namespace {

constexpr int level = 5;             // of 9: above it takes twice the time for a percent
constexpr int window_bits = 15 + 16; // with gzip's head and end
constexpr int memory_level = 8;
constexpr std::size_t input_max = std::size_t(1) << 20;

} // namespace

struct GzipWriter::Stream {
    z_stream z{};
    std::array<unsigned char, 16384> buffer{};

    std::string run(std::string_view bytes, int flush)
    {
        std::string out;
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): zlib's bytes are unsigned
        z.next_in = reinterpret_cast<const unsigned char*>(bytes.data());
        z.avail_in = static_cast<unsigned>(bytes.size());
        do {
            z.next_out = buffer.data();
            z.avail_out = buffer.size();
            if (::deflate(&z, flush) == Z_STREAM_ERROR)
                throw error("gzip: the stream is in disorder");
            out.append(buffer.begin(), buffer.end() - z.avail_out);
        } while (z.avail_out == 0);
        return out;
    }
};

GzipWriter::GzipWriter() : stream_(std::make_unique<Stream>())
{
    if (::deflateInit2(&stream_->z, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY) != Z_OK)
        throw error("gzip cannot begin");
}

GzipWriter::~GzipWriter()
{
    ::deflateEnd(&stream_->z);
}

std::string GzipWriter::add(std::string_view bytes)
{
    std::string out;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), input_max)))
        out += stream_->run(bytes.substr(0, input_max), Z_NO_FLUSH);
    return out;
}

std::string GzipWriter::end()
{
    return stream_->run({}, Z_FINISH);
}

} // namespace skurd
