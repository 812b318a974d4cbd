#include "lib/freexl/xls_extent.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

namespace {

constexpr std::size_t header_size = 512;
constexpr std::uint32_t last_sector = 0xfffffffa; ///< numbers from here on are marks, not sectors

[[noreturn]] void refuse(const char* what)
{
    throw error("the old Office file (xls) is damaged: {}", what);
}

/// A little-endian number.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size)
{
    if (at > bytes.size() || bytes.size() - at < size)
        refuse("it breaks off");
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

/// The sectors of a compound file and the chains they form.
class CompoundFile {
public:
    explicit CompoundFile(std::string_view bytes) : bytes_(bytes), shift_(number(bytes, 30, 2))
    {
        if (bytes.size() < header_size || (shift_ != 9 && shift_ != 12))
            refuse("it has no sectors");
        constexpr std::size_t in_header = 109;
        for (std::size_t i = 0; i < in_header; ++i)
            add_table(number(bytes, 76 + 4 * i, 4));
        auto next = number(bytes, 68, 4);
        for (std::size_t count = 0; next < last_sector; ++count) {
            if (count > bytes.size() >> shift_)
                refuse("its table of sectors is a circle");
            const auto part = sector(next);
            for (std::size_t at = 0; at + 4 < part.size(); at += 4)
                add_table(number(part, at, 4));
            next = number(part, part.size() - 4, 4);
        }
    }

    /// The streams called "Workbook" or "Book"; FreeXL takes one of them.
    std::vector<std::string> workbooks() const
    {
        const auto directory = chain(number(bytes_, 48, 4));
        constexpr std::size_t entry_size = 128;
        std::vector<std::string> found;
        for (std::size_t at = 0; at + entry_size <= directory.size(); at += entry_size) {
            const auto entry = std::string_view(directory).substr(at, entry_size);
            if (const auto name = name_of(entry); name == "workbook" || name == "book")
                found.push_back(stream(number(entry, 116, 4), number(entry, 120, 4), directory));
        }
        return found;
    }

private:
    static std::string name_of(std::string_view entry)
    {
        std::string name;
        for (std::size_t i = 0; i < 64 && entry[i] != '\0'; i += 2)
            name += static_cast<char>(entry[i] >= 'A' && entry[i] <= 'Z' ? entry[i] + 'a' - 'A' : entry[i]);
        return name;
    }

    std::string_view sector(std::uint32_t index) const
    {
        const auto at = (std::size_t(index) + 1) << shift_;
        if (at >= bytes_.size())
            refuse("a sector lies beyond its end");
        return bytes_.substr(at, std::size_t(1) << shift_);
    }

    void add_table(std::uint32_t index)
    {
        if (index >= last_sector)
            return;
        const auto part = sector(index);
        for (std::size_t at = 0; at + 4 <= part.size(); at += 4)
            next_.push_back(number(part, at, 4));
        if (next_.size() > bytes_.size())
            refuse("its table of sectors is larger than it");
    }

    std::string chain(std::uint32_t index) const
    {
        std::string all;
        while (index < last_sector) {
            all += sector(index);
            if (index >= next_.size() || all.size() > bytes_.size() + header_size)
                refuse("its sectors lead nowhere");
            index = next_[index];
        }
        return all;
    }

    /// A small stream lies in sectors of 64 bytes within the root entry's stream.
    std::string stream(std::uint32_t start, std::size_t size, std::string_view directory) const
    {
        if (size >= number(bytes_, 56, 4))
            return chain(start);
        constexpr std::size_t small_size = 64;
        const auto small = chain(number(directory, 116, 4));
        const auto table = chain(number(bytes_, 60, 4));
        std::string all;
        for (auto index = start; index < last_sector; index = number(table, 4 * std::size_t(index), 4)) {
            const auto at = small_size * std::size_t(index);
            if (at >= small.size() || all.size() > small.size())
                refuse("its small sectors lead nowhere");
            all += small.substr(at, small_size);
        }
        return all;
    }

    std::string_view bytes_;
    std::uint32_t shift_;
    std::vector<std::uint32_t> next_; ///< of each sector
};

/// FreeXL goes by these two records; cells outside the dimensions it refuses.
void add_extent(XlsExtent& extent, std::string_view stream)
{
    constexpr std::uint32_t dimensions = 0x0200;
    constexpr std::uint32_t strings = 0x00fc;
    for (std::size_t at = 0; at + 4 <= stream.size();) {
        const auto type = number(stream, at, 2);
        const auto size = number(stream, at + 2, 2);
        const auto record = stream.substr(at + 4, size);
        at += 4 + size;
        const bool is_long = record.size() >= 14; // from BIFF 8 on
        if (type == dimensions && record.size() >= 10)
            extent.cells += std::size_t(number(record, is_long ? 4 : 2, is_long ? 4 : 2)) *
                            std::max(number(record, is_long ? 10 : 6, 2), 1U);
        else if (type == strings && record.size() >= 8)
            extent.strings += number(record, 4, 4);
    }
}

} // namespace

XlsExtent xls_extent(std::string_view bytes)
{
    XlsExtent extent;
    for (const auto& stream : CompoundFile(bytes).workbooks())
        add_extent(extent, stream);
    return extent;
}

void check_extent(std::string_view bytes)
{
    constexpr std::size_t cells_max = 10'000'000;
    constexpr std::size_t strings_max = 2'000'000;
    if (const auto extent = xls_extent(bytes); extent.cells > cells_max || extent.strings > strings_max)
        throw error("the old Office file (xls) claims {} cells and {} texts; at most {} and {} are read",
                    extent.cells, extent.strings, cells_max, strings_max);
}

} // namespace skurd
