// Old Excel files (XLS, BIFF), as far as FreeXL tells: numbers, texts and dates; no merged cells, no percent formats.
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/sheet.hpp"
#include "decode/workbook/sheet_number.hpp"
#include "lib/freexl/read_xls.hpp"

namespace skurd {

namespace {

class Xls final : public Workbook {
public:
    Xls(std::string_view bytes, const SheetLimits& limits)
        : sheets_(read_xls(checked(bytes), limits.sheets)), limits_(limits)
    {
        for (const auto& sheet : sheets_)
            names_.push_back(sheet.name);
    }

    const std::vector<std::string>& names() const override { return names_; }

    Sheet read(std::size_t sheet) override
    {
        SheetBuilder builder(names_[sheet], limits_);
        for (const auto& placed : sheets_[sheet].cells)
            builder.add(placed.row + 1, sheet_cell(placed.column, placed.cell));
        return builder.take();
    }

private:
    /// A file of Office that is encrypted has the same beginning, but holds only this stream.
    static std::string_view checked(std::string_view bytes)
    {
        constexpr std::u16string_view encrypted = u"EncryptedPackage";
        std::string name;
        for (const auto c : encrypted)
            name += {static_cast<char>(c), '\0'};
        if (bytes.find(name) != std::string_view::npos)
            throw error("the workbook is encrypted: save it without a password");
        return bytes;
    }

    static SheetCell sheet_cell(std::uint16_t column, const XlsCell& cell)
    {
        if (cell.kind == XlsCell::Kind::text || cell.kind == XlsCell::Kind::date)
            return {column,
                    cell.kind == XlsCell::Kind::text ? SheetCell::Kind::text : SheetCell::Kind::date,
                    {},
                    cell.text};
        const auto number = sheet_number(cell.number);
        if (!number)
            return {column, SheetCell::Kind::text, {}, fmt::format("{}", cell.number)};
        return {column, SheetCell::Kind::number, *number, number->text()};
    }

    std::vector<XlsSheet> sheets_;
    std::vector<std::string> names_;
    SheetLimits limits_;
};

} // namespace

std::unique_ptr<Workbook> open_xls(std::string_view bytes, const SheetLimits& limits)
{
    return std::make_unique<Xls>(bytes, limits);
}

} // namespace skurd
