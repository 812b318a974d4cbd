#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace skurd::test {

/// What a decoder did that none may do; fuzz targets die of it, tests fail.
class Finding : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// A decoder as bytes are fed to it. Inputs larger than input_max are passed over.
struct Feed {
    static constexpr std::size_t input_max = 64 << 10; ///< bytes

    std::string_view name; ///< "csv"; the target is fuzz_csv
    /// Whether the bytes were ingested; they may be refused by an Error, which is looked at. Throws Finding where
    /// the result breaks a promise of its header, and lets through whatever else the decoder throws.
    bool (*feed)(std::string_view bytes);
};

/// The JSON-stat decoder, then normalisation.
bool feed_jsonstat(std::string_view bytes);

/// The first byte chooses one of drop_layouts(), the rest is a CSV file.
bool feed_csv(std::string_view bytes);

/// The first byte says what follows the second: "f" a whole file (xlsx, ods); "x" the parts of an XLSX file,
/// between them the byte 0x1F, which no XML has: xl/workbook.xml, its relationships, shared strings, styles, a sheet;
/// "o" the content.xml of an ODS file. Parts are put into a ZIP archive here, as its checksums keep changed bytes
/// from the XML reader. The second byte chooses one of drop_layouts().
bool feed_sheet(std::string_view bytes);

/// The first byte chooses one of drop_layouts(), the rest is an XLS file.
bool feed_xls(std::string_view bytes);

/// The PX decoder, then normalisation.
bool feed_px(std::string_view bytes);

/// A layout; small files of each kind are then decoded by it.
bool feed_layout(std::string_view bytes);

/// Describing a file: "x", then lines of cells with semicolons between them, which become a workbook (cells as
/// workbooks.hpp has them); or any other byte, then a file as it is. A proposal that is proved must keep its word.
bool feed_describe(std::string_view bytes);

/// A job file, of whatever connector it names.
bool feed_job(std::string_view bytes);

/// The answers of APIs that are not JSON-stat, long CSV and the state accounts' CSV: the first byte, from "a" on,
/// chooses the reader, the rest is the answer.
bool feed_answer(std::string_view bytes);

/// An archive, all of whose entries are read.
bool feed_zip(std::string_view bytes);

/// The JSON of an order, as it comes through the control socket.
bool feed_order(std::string_view bytes);

/// A hostile database: the first byte says which column of a store the rest is put into; the store is then read,
/// verified, and goes on.
bool feed_store(std::string_view bytes);

/// A request to the read API, its dialects or the page: lines of method and target, Accept, and a body of JSON.
bool feed_request(std::string_view bytes);

std::span<const Feed> feeds();

/// Layouts to decode with, as TOML: columns of periods, rows of periods, headers of several rows, headings.
std::span<const std::string> drop_layouts();

/// Small files that some of those layouts fit: CSV, XLSX, ODS.
std::span<const std::string> drop_files();

} // namespace skurd::test
