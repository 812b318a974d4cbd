// Old workbooks of Excel (XLS): a stream of records in a compound file.
#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/compound_file.hpp"
#include "decode/workbook/sheet.hpp"
#include "decode/workbook/xls_parts.hpp"

namespace skurd {

namespace {

/// A name as the directory of a compound file has it.
std::string in_two_bytes(std::string_view name)
{
    std::string bytes;
    for (const char c : name)
        bytes += {c, '\0'};
    return bytes;
}

/// A workbook of a later Office that is encrypted has the same beginning, but no stream of this one.
void refuse_encrypted(std::string_view bytes)
{
    const auto has = [&](std::string_view name) { return bytes.find(in_two_bytes(name)) != std::string_view::npos; };
    if (has("EncryptedPackage") && !has("Workbook") && !has("Book"))
        throw error("the workbook is encrypted: save it without a password");
}

/// Excel 97 calls it "Workbook", Excel 5 "Book"; a file for both has both.
std::string workbook_stream(std::string_view bytes)
{
    refuse_encrypted(bytes);
    const CompoundFile file(bytes);
    for (const auto* name : {"Workbook", "Book"})
        if (file.has(name))
            return file.stream(name);
    throw error("this old Office file is no workbook of Excel (xls){}",
                file.has("WordDocument") ? ", but a document of Word" : "");
}

class Xls final : public Workbook {
public:
    Xls(std::string_view bytes, const SheetLimits& limits)
        : limits_(limits), stream_(workbook_stream(bytes)), globals_(read_xls_globals(stream_, limits_))
    {
    }

    const std::vector<SheetInfo>& sheets() const override { return globals_.sheets; }

    Sheet read(std::size_t sheet) override
    {
        check_has_cells(globals_.sheets[sheet]);
        return read_xls_sheet(stream_, globals_.places[sheet], globals_.sheets[sheet].name, globals_, limits_);
    }

private:
    SheetLimits limits_;
    std::string stream_;
    XlsGlobals globals_;
};

} // namespace

std::unique_ptr<Workbook> open_xls(std::string_view bytes, const SheetLimits& limits)
{
    return std::make_unique<Xls>(bytes, limits);
}

} // namespace skurd
