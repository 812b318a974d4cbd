#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// One row of a CSV file.
struct CsvRecord {
    std::size_t line = 0; ///< that it begins on, from 1
    std::vector<std::string> fields;

    bool is_blank() const; ///< whether every field is empty or white space
};

/// Splits a CSV text into rows, one at a time (RFC 4180, and what spreadsheets write besides): CRLF, LF or CR ends a
/// row, quoted fields may hold separators, line ends and doubled quotes, a quote inside an unquoted field is itself.
/// What protects a field from being taken for a number or formula by Excel is taken off: ="0301" is 0301, and so is
/// '0301 (an apostrophe before a digit or one of = + - @; 's-Hertogenbosch keeps its own).
/// The text must outlive the reader; errors count lines from the given one.
class CsvReader {
public:
    static constexpr std::size_t field_size_max = 32'767; ///< bytes; as many characters as a cell of Excel holds
    static constexpr std::size_t fields_max = 16'384;     ///< as many as a sheet of Excel has columns
    static constexpr std::size_t rows_max = 2'000'000;

    explicit CsvReader(std::string_view utf8, std::size_t line = 1) : text_(utf8), rest_(utf8), line_(line) {}

    /// The separator of a first line "sep=;" as Excel reads and writes it, which is then passed over; 0 without one.
    char take_separator_line();
    void skip_line();                               ///< passes over one line as an editor counts them
    std::string_view rest() const { return rest_; } ///< what is not read yet

    void set_separator(char separator) { separator_ = separator; }
    std::size_t line() const { return line_; } ///< of what comes next, from 1
    bool at_end() const { return rest_.empty(); }
    /// Whether the text ends without a line end, and not with a quote either: its last field may go on.
    bool ends_openly() const
    {
        return !text_.empty() && std::string_view("\r\n\"").find(text_.back()) == std::string_view::npos;
    }

    /// Reads the next row into `record`; false at the end. Throws Error with line and column number when a limit is
    /// passed, a quoted field does not end or something follows its end.
    bool read(CsvRecord& record);

private:
    std::string_view peek_line() const;
    bool take_line_end();
    void read_field(std::string& field, std::size_t column);
    void read_quoted(std::string& field, std::size_t column);
    void check_size(const std::string& field, std::size_t column) const;

    std::string_view text_; ///< the whole
    std::string_view rest_;
    char separator_ = ',';
    std::size_t line_;
    std::size_t rows_ = 0;
};

/// The likeliest separator of a text by its first row: ";" where there is one outside quotes, else a tab, else ",".
/// (With a decimal comma the number of commas says little.)
char guess_separator(std::string_view text);

} // namespace skurd
