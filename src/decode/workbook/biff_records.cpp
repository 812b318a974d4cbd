#include "decode/workbook/biff_records.hpp"

#include "base/error.hpp"
#include "decode/workbook/cell_text.hpp"
#include "decode/workbook/little_endian.hpp"

#include <algorithm>
#include <bit>

namespace skurd {

namespace {

constexpr std::uint16_t continue_type = 0x003c;

[[noreturn]] void refuse_cut()
{
    throw error("the old Office file (xls) is damaged: it breaks off");
}

bool is_raised(const RaisedFonts& raised, std::size_t font)
{
    const auto index = font > 4 ? font - 1 : font;
    return font != 4 && index < raised.size() && raised[index];
}

} // namespace

BiffRecords::BiffRecords(std::string_view stream, std::size_t at) : stream_(stream), at_(at)
{
    if (at > stream.size())
        refuse_cut();
}

std::string_view BiffRecords::take()
{
    constexpr std::size_t head = 4;
    if (stream_.size() - at_ < head)
        refuse_cut();
    type_ = static_cast<std::uint16_t>(little_endian(stream_.substr(at_, 2)));
    const auto size = little_endian(stream_.substr(at_ + 2, 2));
    at_ += head;
    if (stream_.size() - at_ < size)
        refuse_cut();
    const auto body = stream_.substr(at_, size);
    at_ += size;
    return body;
}

bool BiffRecords::continues() const
{
    return stream_.size() - at_ >= 4 && little_endian(stream_.substr(at_, 2)) == continue_type;
}

void BiffRecords::read(BiffRecord& record)
{
    record.parts.assign(1, take());
    record.type = type_;
    while (continues())
        record.parts.push_back(take());
}

void BiffReader::go_on()
{
    while (part_ < parts_.size() && at_ == parts_[part_].size()) {
        ++part_;
        at_ = 0;
    }
    if (part_ == parts_.size())
        refuse_cut();
}

bool BiffReader::at_end() const
{
    return part_ >= parts_.size() ||
           (at_ == parts_[part_].size() && std::all_of(parts_.begin() + static_cast<std::ptrdiff_t>(part_) + 1,
                                                       parts_.end(), [](auto part) { return part.empty(); }));
}

std::uint8_t BiffReader::u8()
{
    go_on();
    return static_cast<std::uint8_t>(parts_[part_][at_++]);
}

std::uint16_t BiffReader::u16()
{
    const auto low = u8();
    return static_cast<std::uint16_t>(low | u8() << 8);
}

std::uint32_t BiffReader::u32()
{
    const std::uint32_t low = u16();
    return low | std::uint32_t(u16()) << 16;
}

double BiffReader::f64()
{
    const std::uint64_t low = u32();
    return std::bit_cast<double>(low | std::uint64_t(u32()) << 32);
}

std::string BiffReader::bytes(std::size_t count)
{
    std::string all;
    while (all.size() < count) {
        go_on();
        const auto piece = parts_[part_].substr(at_, count - all.size());
        all += piece;
        at_ += piece.size();
    }
    return all;
}

void BiffReader::skip(std::size_t count)
{
    while (count > 0) {
        go_on();
        const auto size = std::min(count, parts_[part_].size() - at_);
        at_ += size;
        count -= size;
    }
}

std::u16string BiffReader::units(std::size_t count, bool is_wide)
{
    std::u16string all;
    while (all.size() < count) {
        if (part_ < parts_.size() && at_ == parts_[part_].size()) {
            go_on();
            is_wide = (u8() & 1) != 0;
        }
        all += static_cast<char16_t>(is_wide ? u16() : u8());
    }
    return all;
}

std::string BiffReader::short_text()
{
    const auto count = u8();
    const bool is_wide = (u8() & 1) != 0;
    return utf8_from_units(units(count, is_wide));
}

std::string BiffReader::text()
{
    const auto count = u16();
    const bool is_wide = (u8() & 1) != 0;
    return utf8_from_units(units(count, is_wide));
}

std::string BiffReader::rich_text(const RaisedFonts& raised)
{
    const auto count = u16();
    const auto flags = u8();
    const std::size_t runs_count = (flags & 8) != 0 ? u16() : 0;
    const std::size_t phonetic_size = (flags & 4) != 0 ? u32() : 0;
    const auto letters = units(count, (flags & 1) != 0);
    std::vector<FontRun> runs;
    for (std::size_t i = 0; i < runs_count; ++i) {
        const auto first = u16();
        runs.push_back({first, u16()});
    }
    skip(phonetic_size);
    return text_with_runs(letters, runs, raised);
}

std::string text_with_runs(std::u16string_view units, const std::vector<FontRun>& runs,
                           const RaisedFonts& raised_fonts)
{
    std::string text;
    std::size_t done = 0;
    bool is_up = false; // before the first run the cell's own font holds
    const auto add_to = [&](std::size_t end) {
        end = std::clamp(end, done, units.size());
        const auto piece = utf8_from_units(units.substr(done, end - done));
        text += is_up ? raised(piece) : piece;
        done = end;
    };
    for (const auto& run : runs) {
        add_to(run.first);
        is_up = is_raised(raised_fonts, run.font);
    }
    add_to(units.size());
    return text;
}

} // namespace skurd
