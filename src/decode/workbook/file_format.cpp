#include "decode/workbook/file_format.hpp"

#include "base/error.hpp"
#include "decode/px/px.hpp"
#include "lib/zip/zip_archive.hpp"

namespace skurd {

namespace {

using namespace std::string_view_literals;
using Format = TableLayout::Format;

constexpr auto zip_beginning = "PK\x03\x04"sv;
constexpr auto xls_beginning = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv;

} // namespace

TableLayout::Format file_format(std::string_view bytes)
{
    if (bytes.starts_with(xls_beginning))
        return Format::xls;
    if (!bytes.starts_with(zip_beginning))
        return is_px(bytes) ? Format::px : Format::csv;
    const ZipArchive archive(bytes);
    if (archive.has("xl/workbook.bin"))
        throw error("this is a binary workbook of Excel (xlsb), which is not read: save it as xlsx");
    if (archive.has("_rels/.rels") && archive.has("[Content_Types].xml"))
        return Format::xlsx;
    if (archive.has("content.xml"))
        return Format::ods;
    throw error("this is a ZIP file, but neither a workbook of Excel (xlsx) nor of OpenDocument (ods)");
}

std::unique_ptr<Workbook> open_workbook(std::string_view bytes, TableLayout::Format format)
{
    if (format == Format::xls) {
        if (!bytes.starts_with(xls_beginning))
            throw error("this is no old Office file (xls)");
        return open_xls(bytes);
    }
    if (bytes.starts_with(xls_beginning)) {
        open_xls(bytes); // an encrypted workbook of the others looks like this, and is refused as that
        throw error("this is an old Office file (xls), and the layout says otherwise");
    }
    if (!bytes.starts_with(zip_beginning))
        throw error("this is no workbook of {}", format == Format::xlsx ? "Excel (xlsx)" : "OpenDocument (ods)");
    return format == Format::xlsx ? open_xlsx(bytes) : open_ods(bytes);
}

} // namespace skurd
