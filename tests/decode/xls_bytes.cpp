#include "tests/decode/xls_bytes.hpp"

#include <bit>

namespace skurd::test {

namespace {

constexpr std::size_t sector_size = 512;
constexpr std::uint32_t end_of_chain = 0xfffffffe;
constexpr std::uint32_t no_sector = 0xffffffff;

std::string little_endian_bytes(std::uint64_t number, std::size_t size)
{
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i)
        bytes += static_cast<char>(number >> 8 * i & 0xff);
    return bytes;
}

std::string begin(unsigned version, unsigned what)
{
    return biff(0x0809, u16(version) + u16(what) + std::string(12, '\0'));
}

const std::string biff_end = biff(0x000a, "");

std::string bound_sheet(const XlsSheetBytes& sheet, std::size_t place, unsigned version)
{
    std::string body = u32(static_cast<std::uint32_t>(place));
    body +=
        {static_cast<char>(sheet.visibility), static_cast<char>(sheet.content), static_cast<char>(sheet.name.size())};
    return biff(0x0085, body + (version == 0x0600 ? std::string(1, '\0') : "") + sheet.name);
}

std::string entry(const std::string& name, char type, std::uint32_t right, std::uint32_t child, std::uint32_t start,
                  std::size_t size)
{
    std::string bytes;
    for (const char c : name)
        bytes += {c, '\0'};
    bytes.resize(64);
    bytes += u16(static_cast<unsigned>(2 * name.size() + 2)) + type + '\1';
    bytes += u32(no_sector) + u32(right) + u32(child) + std::string(36, '\0') + u32(start);
    bytes += u32(static_cast<std::uint32_t>(size)) + u32(0);
    return bytes;
}

} // namespace

std::string u16(unsigned number)
{
    return little_endian_bytes(number, 2);
}

std::string u32(std::uint32_t number)
{
    return little_endian_bytes(number, 4);
}

std::string f64(double number)
{
    return little_endian_bytes(std::bit_cast<std::uint64_t>(number), 8);
}

std::string biff(unsigned type, const std::string& body)
{
    return u16(type) + u16(static_cast<unsigned>(body.size())) + body;
}

std::string biff_cell(unsigned row, unsigned column, unsigned format)
{
    return u16(row) + u16(column) + u16(format);
}

std::string biff_text(std::string_view ascii)
{
    return u16(static_cast<unsigned>(ascii.size())) + '\0' + std::string(ascii);
}

std::string biff_label(unsigned row, unsigned column, std::string_view ascii)
{
    return biff(0x0204, biff_cell(row, column) + biff_text(ascii));
}

std::string xls(const std::string& globals, const std::vector<XlsSheetBytes>& sheets, unsigned version)
{
    const auto head = begin(version, 0x0005) + globals;
    std::size_t place = head.size() + biff_end.size();
    for (const auto& sheet : sheets)
        place += bound_sheet(sheet, 0, version).size();
    std::string places;
    std::string bodies;
    for (const auto& sheet : sheets) {
        places += bound_sheet(sheet, place + bodies.size(), version);
        bodies += begin(version, sheet.content == 2 ? 0x0020 : 0x0010) + sheet.records + biff_end;
    }
    return compound_file({{version == 0x0600 ? "Workbook" : "Book", head + places + biff_end + bodies}});
}

std::string compound_file(const std::vector<std::pair<std::string, std::string>>& streams)
{
    constexpr std::size_t least = 4096;
    std::vector<std::string> padded;
    std::size_t sectors = 1; // the directory
    for (const auto& [name, bytes] : streams) {
        const auto size = std::max(least, (bytes.size() + sector_size - 1) / sector_size * sector_size);
        padded.push_back(bytes + std::string(size - bytes.size(), '\0'));
        sectors += size / sector_size;
    }
    const auto tables = sectors / 126 + 1; // a table tells of 128 sectors, itself among them
    std::string table;
    for (std::size_t i = 0; i < tables; ++i)
        table += u32(0xfffffffd);
    table += u32(end_of_chain);
    std::string body;
    auto directory = entry("Root Entry", 5, no_sector, 1, end_of_chain, 0);
    for (std::size_t i = 0; i < padded.size(); ++i) {
        const auto start = static_cast<std::uint32_t>(table.size() / 4);
        const auto count = padded[i].size() / sector_size;
        for (std::size_t k = 1; k <= count; ++k)
            table += u32(k == count ? end_of_chain : static_cast<std::uint32_t>(start + k));
        const auto right = i + 1 < padded.size() ? static_cast<std::uint32_t>(i + 2) : no_sector;
        directory += entry(streams[i].first, 2, right, no_sector, start, padded[i].size());
        body += padded[i];
    }
    while (table.size() < tables * sector_size)
        table += u32(no_sector);
    directory.resize(sector_size);
    std::string header("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
    header += std::string(16, '\0') + u16(0x3e) + u16(3) + u16(0xfffe) + u16(9) + u16(6) + std::string(10, '\0');
    header += u32(static_cast<std::uint32_t>(tables)) + u32(static_cast<std::uint32_t>(tables)) + u32(0) + u32(least);
    header += u32(end_of_chain) + u32(0) + u32(end_of_chain) + u32(0);
    for (std::uint32_t i = 0; i < 109; ++i)
        header += u32(i < tables ? i : no_sector);
    return header + table + directory + body;
}

} // namespace skurd::test
