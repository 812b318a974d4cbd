#include "tests/support/zip_bytes.hpp"

#include <stdexcept>

#include <zlib.h>

namespace skurd::test {

namespace {

void put(std::string& out, std::uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(number >> (8 * i) & 0xff);
}

Bytef* mutable_bytes(const std::string& text)
{
    // NOLINTNEXTLINE(*-reinterpret-cast, *-const-cast): zlib's old interface
    return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

/// What a part holds when unpacked, and the bytes that stand for it.
struct Packed {
    std::string bytes;
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
};

Packed pack(const ZipPart& part)
{
    Packed packed{"", part.bytes.size() * part.times, 0};
    const auto once =
        static_cast<std::uint32_t>(crc32(0, mutable_bytes(part.bytes), static_cast<uInt>(part.bytes.size())));
    const auto piece = !part.deflated    ? part.bytes
                       : part.times == 1 ? deflated(part.bytes, -15, Z_FINISH)
                                         : deflated(part.bytes, -15, Z_FULL_FLUSH);
    for (std::size_t i = 0; i < part.times; ++i) {
        packed.bytes += piece;
        packed.crc =
            static_cast<std::uint32_t>(crc32_combine(packed.crc, once, static_cast<z_off_t>(part.bytes.size())));
    }
    if (part.deflated && part.times != 1)
        packed.bytes += std::string("\x03\x00", 2); // an empty last block
    return packed;
}

/// What the local header and the directory have in common, from "version needed" to "extra field length".
std::string common_header(const ZipPart& part, const Packed& packed)
{
    std::string out;
    put(out, 20, 2);
    put(out, 0x800 | (part.encrypted ? 1 : 0), 2); // names are UTF-8
    put(out, part.deflated ? part.method : 0, 2);
    put(out, 0x5a210000, 4); // 2025-01-01 00:00
    put(out, packed.crc, 4);
    put(out, packed.bytes.size(), 4);
    put(out, part.stated_size.value_or(static_cast<std::uint32_t>(packed.size)), 4);
    put(out, part.name.size(), 2);
    put(out, 0, 2);
    return out;
}

} // namespace

std::string deflated(const std::string& bytes, int window_bits, int flush)
{
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("deflateInit2");
    std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
    stream.next_in = mutable_bytes(bytes);
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = mutable_bytes(packed);
    stream.avail_out = static_cast<uInt>(packed.size());
    const auto ended = deflate(&stream, flush);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != (flush == Z_FINISH ? Z_STREAM_END : Z_OK))
        throw std::runtime_error("deflate");
    return packed;
}

std::string zip_of(const std::vector<ZipPart>& parts)
{
    std::string out;
    std::string directory;
    for (const auto& part : parts) {
        const auto packed = pack(part);
        const auto header = common_header(part, packed);
        directory += std::string("PK\x01\x02\x14\0", 6) + header;
        directory += std::string(10, '\0'); // comment length, disk, attributes
        put(directory, out.size(), 4);
        directory += part.name;
        out += "PK\x03\x04" + header + part.name + packed.bytes;
    }
    const auto start = out.size();
    out += directory + std::string("PK\x05\x06\0\0\0\0", 8);
    put(out, parts.size(), 2);
    put(out, parts.size(), 2);
    put(out, directory.size(), 4);
    put(out, start, 4);
    put(out, 0, 2);
    return out;
}

} // namespace skurd::test
