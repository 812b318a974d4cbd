#include "decode/workbook/file_format.hpp"

#include "base/error.hpp"
#include "decode/px/px.hpp"
#include "decode/workbook/compound_file.hpp"
#include "lib/zip/zip_archive.hpp"

namespace skurd {

namespace {

using namespace std::string_view_literals;
using Format = TableLayout::Format;

constexpr auto zip_beginning = "PK\x03\x04"sv;
constexpr auto xls_beginning = compound_file_beginning;

/// Workbooks that are refused by their name.
void refuse_unread(std::string_view bytes)
{
    constexpr std::size_t looked_at = 2000;
    const auto head = bytes.substr(0, looked_at);
    const auto has = [&](std::string_view text) { return head.find(text) != std::string_view::npos; };
    // The first record of a bare stream of records: BOF, its version in the second byte, its size in the third.
    const bool is_bare = head.size() > 4 && head[0] == '\x09' &&
                         "\x00\x02\x04\x08"sv.find(head[1]) != std::string_view::npos &&
                         "\x04\x06\x08\x10"sv.find(head[2]) != std::string_view::npos && head[3] == '\0';
    if (is_bare)
        throw error("this is a workbook of Excel 4 or older, or one that a program wrote in its form (xls), which is "
                    "not read: open it in a spreadsheet program and save it as xlsx");
    if (has("urn:schemas-microsoft-com:office:spreadsheet") && has("<?xml"))
        throw error("this is an XML spreadsheet of Excel 2003, which is not read: save it as xlsx");
    if (has("urn:oasis:names:tc:opendocument:xmlns:office") && has("<?xml"))
        throw error("this is a flat OpenDocument file (fods), which is not read: save it as ods or xlsx");
}

} // namespace

TableLayout::Format file_format(std::string_view bytes)
{
    if (bytes.starts_with(xls_beginning))
        return Format::xls;
    if (!bytes.starts_with(zip_beginning)) {
        refuse_unread(bytes);
        return is_px(bytes) ? Format::px : Format::csv;
    }
    const ZipArchive archive(bytes, {}, ForeignEntries::pass_over);
    if (archive.has("_rels/.rels") && archive.has("[Content_Types].xml"))
        return Format::xlsx;
    if (archive.has("content.xml"))
        return Format::ods;
    throw error("this is a ZIP file, but neither a workbook of Excel (xlsx) nor of OpenDocument (ods)");
}

std::unique_ptr<Workbook> open_workbook(std::string_view bytes, TableLayout::Format format)
{
    if (format == Format::xls) {
        refuse_unread(bytes);
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
