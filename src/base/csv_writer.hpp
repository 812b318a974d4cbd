#pragma once

#include "base/decimal.hpp"
#include "base/enum_words.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace skurd {

/// How CSV is written.
/// - rfc4180: UTF-8, commas, decimal points, line ends "\n". Text that a spreadsheet would run as a formula ("=1+1",
///   "@SUM(A1)", "-cmd|…"; also behind spaces and quotes, and behind a semicolon, where a spreadsheet may cut) has an
///   apostrophe before it, and what a terminal obeys (escape sequences, direction marks) is a space. Numbers,
///   negative ones too, and a sign alone stand as they are
/// - raw: the same, but text stands as it is: for programs, which run no formulas
/// - excel_nb: what a spreadsheet set to Norwegian opens by a double click: byte order mark, semicolons, decimal
///   commas, CRLF. Text that it would change into a number, a date or a formula is protected as ="0301", which
///   CsvReader takes off again.
enum class CsvDialect { rfc4180, raw, excel_nb };
template <>
inline constexpr auto enum_words<CsvDialect> = word_table<CsvDialect>({
    {CsvDialect::rfc4180, "rfc4180"},
    {CsvDialect::raw, "raw"},
    {CsvDialect::excel_nb, "excel-nb"},
});

/// Makes CSV, field by field. Every CSV that skurd writes is made here.
class CsvWriter {
public:
    explicit CsvWriter(CsvDialect dialect = CsvDialect::rfc4180);

    void add(std::string_view text);                       ///< a field of text
    void add_number(const std::optional<Decimal>& number); ///< an empty field for nothing
    void end_row();

    /// A field of text as add() writes it, without a separator, for add_made(): a text that many rows have.
    std::string made(std::string_view text) const;
    void add_made(std::string_view field);

    std::string take() { return std::exchange(out_, {}); } ///< all of it

private:
    CsvDialect dialect_;
    std::string out_;
    bool at_row_start_ = true;
};

} // namespace skurd
