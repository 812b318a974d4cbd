// The cells of a sheet of an XLS file. What a cell is, its record says: a number, a text, a formula with what it last
// came to, an error, a truth value. Records may come in any order, so they are gathered and sorted. A chart within
// the sheet is a part of its own between BOF and EOF, with numbers that are not cells.
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/xls_parts.hpp"
#include "lib/icu/text_converter.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <utility>

namespace skurd {

namespace {

/// Types of records, by their names in [MS-XLS]; formulas of Excel 3 and 4 stand in some files of later ones.
enum SheetRecordType : std::uint16_t {
    cells_formula = 0x0006,
    cells_formula_3 = 0x0206,
    cells_formula_4 = 0x0406,
    cells_eof = 0x000a,
    cells_mul_rk = 0x00bd,
    cells_rstring = 0x00d6,
    cells_merged = 0x00e5,
    cells_label_sst = 0x00fd,
    cells_number = 0x0203,
    cells_label = 0x0204,
    cells_bool_err = 0x0205,
    cells_string = 0x0207,
    cells_array = 0x0221,
    cells_table = 0x0236,
    cells_rk = 0x027e,
    cells_shared_formula = 0x04bc,
    cells_bof = 0x0809,
};

constexpr std::pair<unsigned, const char*> error_texts[] = {
    {0x00, "#NULL!"}, {0x07, "#DIV/0!"}, {0x0f, "#VALUE!"}, {0x17, "#REF!"},
    {0x1d, "#NAME?"}, {0x24, "#NUM!"},   {0x2a, "#N/A"},    {0x2b, "#GETTING_DATA"}};

struct PlacedCell {
    enum class Kind : std::uint8_t { number, shared_text, own_text, boolean, error, not_computed };

    std::uint32_t row = 0;
    std::uint16_t column = 0;
    std::uint16_t format = 0; ///< number of its XF record
    Kind kind = Kind::number;
    double number = 0;       ///< of a number
    std::uint32_t index = 0; ///< of a text; what a truth value or error is
};

using PlacedKind = PlacedCell::Kind;

std::string digits_of(double number)
{
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    return {buffer.data(), end};
}

/// A number in 30 bits: the upper half of a double or a whole number, either of them perhaps in hundredths.
double number_of_rk(std::uint32_t rk)
{
    constexpr std::uint32_t is_hundredths = 1;
    constexpr std::uint32_t is_whole = 2;
    const double number = (rk & is_whole) != 0 ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                                               : std::bit_cast<double>(std::uint64_t(rk & ~3U) << 32);
    return (rk & is_hundredths) != 0 ? number / 100 : number;
}

class SheetRecords {
public:
    SheetRecords(const std::string& name, const XlsGlobals& globals, const SheetLimits& limits)
        : name_(name), globals_(globals), limits_(limits), sheet_(name, limits)
    {
    }

    void add(const BiffRecord& record)
    {
        BiffReader reader(record);
        if (awaits_text_)
            return take_formula_text(record, reader);
        switch (record.type) {
        case cells_number:
            add_number(reader);
            break;
        case cells_rk:
            add_rk(reader);
            break;
        case cells_mul_rk:
            add_numbers(reader);
            break;
        case cells_label_sst:
            add_shared_text(reader);
            break;
        case cells_label:
        case cells_rstring:
            add_label(record, reader);
            break;
        case cells_bool_err:
            add_bool_err(reader);
            break;
        case cells_formula:
        case cells_formula_3:
        case cells_formula_4:
            add_formula(reader);
            break;
        case cells_merged:
            add_merged(reader);
            break;
        default: // blank cells, and what is no cell
            break;
        }
    }

    Sheet take()
    {
        if (awaits_text_)
            refuse(cells_.back(), "a formula lacks the text it came to: the file is damaged");
        const auto place = [](const PlacedCell& cell) { return std::pair(cell.row, cell.column); };
        std::stable_sort(cells_.begin(), cells_.end(),
                         [&](const auto& one, const auto& other) { return place(one) < place(other); });
        for (const auto& cell : cells_)
            sheet_.add(cell.row + 1, sheet_cell(cell));
        return sheet_.take();
    }

private:
    [[noreturn]] void refuse(const PlacedCell& cell, std::string_view why) const
    {
        throw error("sheet '{}', {}{}: {}", excerpt(name_), column_name(cell.column), cell.row + 1, why);
    }

    PlacedCell& place(PlacedCell cell)
    {
        if (cells_.size() == limits_.cells)
            refuse(cell, fmt::format("more than {} cells before here", limits_.cells));
        return cells_.emplace_back(cell);
    }

    /// Row, column and format, which every cell begins with.
    PlacedCell& begin_cell(BiffReader& reader, PlacedKind kind)
    {
        PlacedCell cell;
        cell.row = reader.u16();
        cell.column = reader.u16();
        cell.format = reader.u16();
        cell.kind = kind;
        return place(cell);
    }

    void add_number(BiffReader& reader)
    {
        auto& cell = begin_cell(reader, PlacedKind::number);
        cell.number = reader.f64();
    }

    void add_rk(BiffReader& reader)
    {
        auto& cell = begin_cell(reader, PlacedKind::number);
        cell.number = number_of_rk(reader.u32());
    }

    void add_shared_text(BiffReader& reader)
    {
        auto& cell = begin_cell(reader, PlacedKind::shared_text);
        cell.index = reader.u32();
    }

    void add_numbers(BiffReader& reader)
    {
        PlacedCell cell;
        cell.row = reader.u16();
        cell.column = reader.u16();
        for (;; ++cell.column) {
            const auto format_or_last = reader.u16();
            if (reader.at_end())
                return;
            cell.format = format_or_last;
            cell.number = number_of_rk(reader.u32());
            place(cell);
        }
    }

    std::uint32_t own(std::string text)
    {
        texts_size_ += text.size();
        if (texts_size_ > limits_.texts_size)
            throw error("sheet '{}': more than {} bytes of text", excerpt(name_), limits_.texts_size);
        texts_.push_back(std::move(text));
        return static_cast<std::uint32_t>(texts_.size() - 1);
    }

    void add_label(const BiffRecord& record, BiffReader& reader)
    {
        auto& cell = begin_cell(reader, PlacedKind::own_text);
        const bool has_runs = record.type == cells_rstring;
        if (!globals_.is_biff8) {
            auto text = utf8_from(reader.bytes(reader.u16()), globals_.charset);
            cell.index = own(has_runs ? byte_text(text, reader) : std::move(text));
            return;
        }
        const auto count = reader.u16();
        const auto letters = reader.units(count, (reader.u8() & 1) != 0);
        std::vector<FontRun> runs;
        for (std::size_t left = has_runs ? reader.u16() : 0; left > 0; --left) {
            const auto first = reader.u16();
            runs.push_back({first, reader.u16()});
        }
        cell.index = own(text_with_runs(letters, runs, globals_.raised));
    }

    /// A text of Excel 5 with runs; they count bytes, so it is one letter a byte or stays as it is.
    std::string byte_text(const std::string& text, BiffReader& reader) const
    {
        std::vector<FontRun> runs;
        for (std::size_t left = reader.u8(); left > 0; --left) {
            const auto first = reader.u8();
            runs.push_back({first, reader.u8()});
        }
        const bool is_ascii = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
        return is_ascii ? text_with_runs(std::u16string(text.begin(), text.end()), runs, globals_.raised) : text;
    }

    void add_bool_err(BiffReader& reader)
    {
        auto& cell = begin_cell(reader, PlacedKind::boolean);
        cell.index = reader.u8();
        cell.kind = reader.u8() != 0 ? PlacedKind::error : PlacedKind::boolean;
    }

    /// What it came to: a double, or two bytes 0xff at its end and a kind at its beginning ([MS-XLS] 2.5.133).
    void add_formula(BiffReader& reader)
    {
        auto& cell = begin_cell(reader, PlacedKind::number);
        const auto result = reader.bytes(8);
        constexpr unsigned computes_always_or_on_load = 3;
        const bool is_stale = !globals_.is_computed && (reader.u16() & computes_always_or_on_load) != 0;
        if (result[6] != '\xff' || result[7] != '\xff') {
            cell.number = number_of(result);
            cell.kind = is_stale && cell.number == 0 ? PlacedKind::not_computed : PlacedKind::number;
            return;
        }
        cell.index = static_cast<unsigned char>(result[2]);
        switch (result[0]) {
        case 0:
            cell.kind = PlacedKind::own_text;
            awaits_text_ = true;
            break;
        case 1:
            cell.kind = PlacedKind::boolean;
            break;
        case 2:
            cell.kind = PlacedKind::error;
            break;
        case 3: // an empty text, or what programs write that do not compute
            cell.kind = globals_.is_computed ? PlacedKind::own_text : PlacedKind::not_computed;
            cell.index = own("");
            break;
        default:
            refuse(cell, fmt::format("a formula with a result of a kind ({}) that nobody knows", int(result[0])));
        }
    }

    static double number_of(std::string_view eight_bytes)
    {
        BiffRecord record;
        record.parts = {eight_bytes};
        return BiffReader(record).f64();
    }

    /// Between a formula and its text its expression may stand, which it shares with others.
    void take_formula_text(const BiffRecord& record, BiffReader& reader)
    {
        if (record.type == cells_shared_formula || record.type == cells_array || record.type == cells_table)
            return;
        if (record.type != cells_string)
            refuse(cells_.back(), "a formula lacks the text it came to: the file is damaged");
        cells_.back().index =
            own(globals_.is_biff8 ? reader.text() : utf8_from(reader.bytes(reader.u16()), globals_.charset));
        awaits_text_ = false;
    }

    void add_merged(BiffReader& reader)
    {
        for (std::size_t left = reader.u16(); left > 0; --left) {
            MergedCell merged;
            merged.first_row = reader.u16() + 1U;
            merged.last_row = reader.u16() + 1U;
            merged.first_column = reader.u16();
            merged.last_column = reader.u16();
            if (merged.first_row <= merged.last_row && merged.first_column <= merged.last_column)
                sheet_.merge(merged);
        }
    }

    SheetCell sheet_cell(const PlacedCell& cell) const
    {
        if (cell.kind == PlacedKind::number) {
            const auto format = cell.format < globals_.formats.size() ? globals_.formats[cell.format] : CellFormat{};
            return number_cell(cell.column, digits_of(cell.number), format, globals_.from_1904);
        }
        if (cell.kind == PlacedKind::not_computed)
            return not_computed_cell(cell.column);
        SheetCell result;
        result.column = cell.column;
        result.text = text_of(cell);
        return result;
    }

    std::string text_of(const PlacedCell& cell) const
    {
        switch (cell.kind) {
        case PlacedKind::shared_text:
            if (cell.index >= globals_.strings.size())
                refuse(cell, fmt::format("there is no shared text {}", cell.index));
            return globals_.strings[cell.index];
        case PlacedKind::boolean:
            return cell.index == 0 ? "FALSE" : "TRUE";
        case PlacedKind::error:
            return error_text(cell);
        case PlacedKind::own_text:
        case PlacedKind::number:
        case PlacedKind::not_computed:
            break;
        }
        return texts_[cell.index];
    }

    std::string error_text(const PlacedCell& cell) const
    {
        for (const auto& [code, text] : error_texts)
            if (code == cell.index)
                return text;
        refuse(cell, fmt::format("an error of a kind ({}) that nobody knows", cell.index));
    }

    const std::string& name_;
    const XlsGlobals& globals_;
    const SheetLimits& limits_;
    SheetBuilder sheet_;
    std::vector<PlacedCell> cells_;
    std::vector<std::string> texts_; ///< that are no shared ones
    std::size_t texts_size_ = 0;
    bool awaits_text_ = false; ///< of the formula that was last
};

} // namespace

Sheet read_xls_sheet(std::string_view stream, std::size_t place, const std::string& name, const XlsGlobals& globals,
                     const SheetLimits& limits)
{
    BiffRecords records(stream, place);
    BiffRecord record;
    SheetRecords sheet(name, globals, limits);
    records.read(record);
    if (record.type != cells_bof)
        throw error("the old Office file (xls) is damaged: sheet '{}' is not where it is to be", excerpt(name));
    for (std::size_t depth = 1; depth > 0;) {
        records.read(record);
        if (record.type == cells_bof)
            ++depth;
        else if (record.type == cells_eof)
            --depth;
        else if (depth == 1)
            sheet.add(record);
    }
    return sheet.take();
}

} // namespace skurd
