#include "tests/sim/archive.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "tests/support/zip_bytes.hpp"

#include <cassert>
#include <cstdint>
#include <zlib.h>

namespace skurd::sim {

namespace {

std::uint32_t crc_of(const std::string& bytes)
{
    return static_cast<std::uint32_t>(
        crc32(0, static_cast<const Bytef*>(static_cast<const void*>(bytes.data())), static_cast<uInt>(bytes.size())));
}

std::uint32_t adler_of(const std::string& bytes)
{
    return static_cast<std::uint32_t>(adler32(1, static_cast<const Bytef*>(static_cast<const void*>(bytes.data())),
                                              static_cast<uInt>(bytes.size())));
}

std::string little(std::uint64_t number, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += i < 8 ? static_cast<char>((number >> (8 * i)) & 0xff) : '\0';
    return text;
}

std::string big(std::uint32_t number)
{
    const auto text = little(number, 4);
    return {text.rbegin(), text.rend()};
}

/// A raw deflate stream with its size and sums when unpacked.
struct Stream {
    std::string bytes;
    std::uint64_t size = 0;
    std::uint32_t crc = 0;
    std::uint32_t adler = 1;

    void add(const std::string& plain, std::size_t times = 1)
    {
        const auto piece = test::deflated(plain, -MAX_WBITS, Z_FULL_FLUSH);
        const auto piece_crc = crc_of(plain);
        const auto piece_adler = adler_of(plain);
        const auto length = static_cast<z_off_t>(plain.size());
        for (std::size_t i = 0; i < times; ++i) {
            bytes += piece;
            crc = static_cast<std::uint32_t>(crc32_combine(crc, piece_crc, length));
            adler = static_cast<std::uint32_t>(adler32_combine(adler, piece_adler, length));
        }
        size += plain.size() * times;
    }

    void finish() { bytes += std::string("\x03\x00", 2); } ///< an empty last block
};

std::string wrapped(Packing packing, const Stream& stream)
{
    if (packing == Packing::zlib)
        return "\x78\xda" + stream.bytes + big(stream.adler);
    return std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03", 10) + stream.bytes + little(stream.crc, 4) +
           little(stream.size, 4);
}

/// UTF-8 of the Latin-1 letters only.
std::string latin1(const std::string& utf8)
{
    std::string text;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        assert(byte < 0xc4);
        if (byte >= 0xc2)
            text += static_cast<char>((byte - 0xc2) * 0x40 + static_cast<unsigned char>(utf8[++i]));
        else
            text += utf8[i];
    }
    return text;
}

} // namespace

std::string packed(Packing packing, const std::string& bytes)
{
    Stream stream;
    stream.add(bytes);
    stream.finish();
    return wrapped(packing, stream);
}

std::string bomb(Packing packing, const std::string& head, const std::string& unit, std::size_t times,
                 const std::string& tail)
{
    Stream stream;
    stream.add(head);
    stream.add(unit, times);
    stream.add(tail);
    stream.finish();
    return wrapped(packing, stream);
}

const std::vector<std::string>& dfo_columns()
{
    static const std::vector<std::string> columns = {
        "År",
        "Periode",
        "Konto_no",
        "Konto",
        "Programområde_id",
        "Programområde",
        "Programkategori_id",
        "Programkategori",
        "Fagdepartement_id",
        "Fagdepartement",
        "Kapittel_id",
        "Kapittel",
        "Post_id",
        "Post",
        "Post_type",
        "Kontoklasse_id",
        "Kontoklasse",
        "Kontogruppe_id",
        "Kontogruppe",
        "Artskonto_id",
        "Artskonto",
        "Fagdepartement_Virksomhet_id",
        "Fagdepartement_Virksomhet",
        "Virksomhet_id",
        "Virksomhet",
        "Regnskapsfører_id",
        "Regnskapsfører",
        "Beløp",
    };
    return columns;
}

std::string dfo_zip(const std::string& name, const std::vector<std::vector<std::string>>& rows)
{
    std::string csv;
    const auto add = [&](const std::vector<std::string>& fields) {
        if (fields.size() != dfo_columns().size())
            throw error("a row of DFØ's file has {} fields, not {}", dfo_columns().size(), fields.size());
        for (std::size_t i = 0; i < fields.size(); ++i)
            csv += (i ? ";\"" : "\"") + replace_all(fields[i], "\"", "\"\"") + "\"";
        csv += "\r\n";
    };
    add(dfo_columns());
    for (const auto& row : rows)
        add(row);
    return test::zip_of({{name, latin1(csv)}});
}

} // namespace skurd::sim
