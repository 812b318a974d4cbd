// A compound file is a small file system ([MS-CFB]). Behind a header of 512 bytes lie sectors of one size. Which
// sector follows which is told by tables, themselves in sectors: the first 109 are listed in the header, further ones
// in a chain of lists. The directory is such a chain of entries of 128 bytes; the streams of a storage are a binary
// tree of entries. Streams below a size that the header states lie in sectors of 64 bytes within one stream of the
// root, with a table of their own.
//
// No number of the file is believed: a sector must lie in the file, no chain is longer than the file has sectors, and
// a tree has no more entries than the directory.
#include "decode/workbook/compound_file.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/little_endian.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t header_size = 512;
constexpr std::size_t in_header = 109;            ///< tables that the header lists
constexpr std::size_t entry_size = 128;           ///< of the directory
constexpr std::size_t small_size = 64;            ///< of a sector of small streams
constexpr std::uint32_t last_sector = 0xfffffffa; ///< numbers from here on are marks, not sectors
constexpr std::uint32_t no_entry = 0xffffffff;

[[noreturn]] void refuse(std::string_view what)
{
    throw error("the old Office file (xls) is damaged: {}", what);
}

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size)
{
    if (at > bytes.size() || bytes.size() - at < size)
        refuse("it breaks off");
    return little_endian(bytes.substr(at, size));
}

std::string name_of(std::string_view entry)
{
    std::string name;
    for (std::size_t i = 0; i + 1 < 64 && (entry[i] != '\0' || entry[i + 1] != '\0'); i += 2)
        name += entry[i];
    return to_lower(name);
}

} // namespace

CompoundFile::CompoundFile(std::string_view bytes) : bytes_(bytes)
{
    if (!bytes.starts_with(compound_file_beginning))
        throw error("this is no old Office file (xls)");
    shift_ = number(bytes, 30, 2);
    if (bytes.size() < header_size || (shift_ != 9 && shift_ != 12))
        refuse("it has no sectors");
    read_tables();
    read_root();
}

std::size_t CompoundFile::sectors() const
{
    return (bytes_.size() >> shift_) + 1; // the last may be cut short
}

std::string_view CompoundFile::sector(std::uint32_t index) const
{
    const auto at = (std::size_t(index) + 1) << shift_;
    if (at >= bytes_.size())
        refuse("a sector lies beyond its end");
    return bytes_.substr(at, std::size_t(1) << shift_);
}

void CompoundFile::add_table(std::uint32_t index)
{
    if (index >= last_sector)
        return;
    const auto part = sector(index);
    for (std::size_t at = 0; at + 4 <= part.size(); at += 4)
        next_.push_back(number(part, at, 4));
    if (next_.size() > bytes_.size() + header_size)
        refuse("its table of sectors is larger than it");
}

void CompoundFile::read_tables()
{
    for (std::size_t i = 0; i < in_header; ++i)
        add_table(number(bytes_, 76 + 4 * i, 4));
    auto next = number(bytes_, 68, 4);
    for (std::size_t count = 0; next < last_sector; ++count) {
        if (count > sectors())
            refuse("its table of sectors is a circle");
        const auto part = sector(next);
        for (std::size_t at = 0; at + 8 <= part.size(); at += 4)
            add_table(number(part, at, 4));
        next = number(part, (std::size_t(1) << shift_) - 4, 4);
    }
}

void CompoundFile::read_root()
{
    const auto directory = chain(number(bytes_, 48, 4));
    const auto count = directory.size() / entry_size;
    if (count == 0)
        refuse("it has no directory");
    const auto entry_at = [&](std::size_t i) {
        return std::string_view(directory).substr(i * entry_size, entry_size);
    };
    small_ = chain(number(entry_at(0), 116, 4));
    small_next_ = chain(number(bytes_, 60, 4));
    std::vector<bool> seen(count);
    std::vector<std::uint32_t> open{number(entry_at(0), 76, 4)};
    while (!open.empty()) {
        const auto index = open.back();
        open.pop_back();
        if (index == no_entry)
            continue;
        if (index >= count || seen[index])
            refuse("its directory leads nowhere or in a circle");
        seen[index] = true;
        const auto entry = entry_at(index);
        constexpr char is_stream = 2;
        if (entry[66] == is_stream)
            streams_.push_back({name_of(entry), number(entry, 116, 4), number(entry, 120, 4)});
        open.push_back(number(entry, 68, 4));
        open.push_back(number(entry, 72, 4));
    }
}

std::string CompoundFile::chain(std::uint32_t start) const
{
    std::string all;
    std::size_t count = 0;
    for (auto index = start; index < last_sector; index = next_[index]) {
        all += sector(index);
        if (index >= next_.size() || ++count > sectors())
            refuse("its sectors lead nowhere");
    }
    return all;
}

std::string CompoundFile::small_stream(const Entry& entry) const
{
    std::string all;
    for (auto index = entry.start; index < last_sector; index = number(small_next_, 4 * std::size_t(index), 4)) {
        const auto at = small_size * std::size_t(index);
        if (at >= small_.size() || all.size() > small_.size())
            refuse("its small sectors lead nowhere");
        all += small_.substr(at, small_size);
    }
    return all;
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const
{
    const auto found = std::find_if(streams_.begin(), streams_.end(),
                                    [&](const auto& entry) { return entry.name == to_lower(name); });
    return found == streams_.end() ? nullptr : &*found;
}

bool CompoundFile::has(std::string_view name) const
{
    return find(name) != nullptr;
}

std::string CompoundFile::stream(std::string_view name) const
{
    const auto* const entry = find(name);
    if (!entry)
        throw error("the old Office file (xls) has no '{}'", excerpt(name));
    const auto small_below = number(bytes_, 56, 4);
    auto all = entry->size >= small_below ? chain(entry->start) : small_stream(*entry);
    if (all.size() < entry->size)
        refuse("it breaks off");
    all.resize(entry->size);
    return all;
}

} // namespace skurd
