#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/xls_parts.hpp"
#include "lib/icu/text_converter.hpp"

#include <map>

namespace skurd {

namespace {

/// Types of records, by their names in [MS-XLS].
enum GlobalsType : std::uint16_t {
    type_eof = 0x000a,
    type_date_1904 = 0x0022,
    type_file_pass = 0x002f,
    type_font = 0x0031,
    type_code_page = 0x0042,
    type_bound_sheet = 0x0085,
    type_xf = 0x00e0,
    type_sst = 0x00fc,
    type_recalc_id = 0x01c1,
    type_format = 0x041e,
    type_bof = 0x0809,
};

std::string charset_of(unsigned code_page)
{
    constexpr unsigned macintosh[] = {10'000, 32'768};
    if (code_page == macintosh[0] || code_page == macintosh[1])
        return "macintosh";
    if (code_page == 32'769)
        return "windows-1252";
    const bool is_windows = code_page >= 1250 && code_page <= 1258;
    return fmt::format("{}{}", is_windows ? "windows-" : "cp", code_page);
}

class GlobalsReader {
public:
    explicit GlobalsReader(const SheetLimits& limits) : limits_(limits) { globals_.charset = charset_of(1252); }

    void begin(const BiffRecord& record)
    {
        if (record.type != type_bof)
            throw error("the old Office file (xls) is damaged, or of Excel 4 or older: open it in a spreadsheet "
                        "program and save it as xlsx");
        constexpr unsigned biff5 = 0x0500;
        constexpr unsigned biff8 = 0x0600;
        const auto version = BiffReader(record).u16();
        if (version != biff5 && version != biff8)
            throw error("the old Office file (xls) is of a version (BIFF {:04x}) that is not read: save it as xlsx",
                        version);
        globals_.is_biff8 = version == biff8;
    }

    void add(const BiffRecord& record)
    {
        BiffReader reader(record);
        switch (record.type) {
        case type_file_pass:
            throw error("the old Office file (xls) is encrypted: save it without a password");
        case type_date_1904:
            globals_.from_1904 = reader.u16() == 1;
            break;
        case type_recalc_id:
            globals_.is_computed = true;
            break;
        case type_code_page:
            globals_.charset = charset_of(reader.u16());
            break;
        case type_font:
            add_font(reader);
            break;
        case type_format:
            add_format(reader);
            break;
        case type_xf:
            check_count(formats_.size());
            reader.skip(2);
            formats_.push_back(reader.u16());
            break;
        case type_bound_sheet:
            add_sheet(reader);
            break;
        case type_sst:
            add_strings(reader);
            break;
        default: // the rest is of looks and of programs
            break;
        }
    }

    XlsGlobals take()
    {
        for (const auto id : formats_) {
            const auto code = codes_.find(id);
            globals_.formats.push_back(code == codes_.end() ? builtin_cell_format(id) : code->second);
        }
        return std::move(globals_);
    }

private:
    void check_count(std::size_t count) const
    {
        if (count >= limits_.formats)
            throw error("the workbook has more than {} formats", limits_.formats);
    }

    void add_font(BiffReader& reader)
    {
        check_count(globals_.raised.size());
        reader.skip(8);
        constexpr unsigned superscript = 1;
        globals_.raised.push_back(reader.u16() == superscript);
    }

    void add_format(BiffReader& reader)
    {
        check_count(codes_.size());
        const auto id = reader.u16();
        if (globals_.is_biff8)
            codes_[id] = cell_format(reader.text());
        else
            codes_[id] = cell_format(reader.bytes(reader.u8()));
    }

    void add_sheet(BiffReader& reader)
    {
        if (globals_.sheets.size() == limits_.sheets)
            throw error("the workbook has more than {} sheets", limits_.sheets);
        globals_.places.push_back(reader.u32());
        constexpr unsigned hidden_bits = 3; // 1 hidden, 2 hidden so that only a program can show it
        const bool is_hidden = (reader.u8() & hidden_bits) != 0;
        const bool has_cells = reader.u8() == 0;
        SheetInfo sheet;
        sheet.content = has_cells ? SheetInfo::Content::cells : SheetInfo::Content::other;
        sheet.visibility = is_hidden ? SheetInfo::Visibility::hidden : SheetInfo::Visibility::shown;
        sheet.name = globals_.is_biff8 ? reader.short_text() : utf8_from(reader.bytes(reader.u8()), globals_.charset);
        globals_.sheets.push_back(std::move(sheet));
    }

    void add_strings(BiffReader& reader)
    {
        reader.skip(4); // how often they are used
        const auto count = reader.u32();
        if (count > limits_.strings)
            throw error("the workbook has more than {} texts", limits_.strings);
        for (std::uint32_t i = 0; i < count && !reader.at_end(); ++i) // some programs count every use here too
            globals_.strings.push_back(reader.rich_text(globals_.raised));
    }

    const SheetLimits& limits_;
    XlsGlobals globals_;
    std::map<unsigned, CellFormat> codes_;
    std::vector<std::uint16_t> formats_; ///< of each XF record
};

} // namespace

XlsGlobals read_xls_globals(std::string_view stream, const SheetLimits& limits)
{
    BiffRecords records(stream, 0);
    BiffRecord record;
    GlobalsReader globals(limits);
    records.read(record);
    globals.begin(record);
    for (records.read(record); record.type != type_eof; records.read(record))
        globals.add(record);
    return globals.take();
}

} // namespace skurd
