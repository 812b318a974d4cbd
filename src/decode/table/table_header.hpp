#pragma once

#include "decode/layout/table_layout.hpp"
#include "decode/table/table_source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// The header of a table, read and made whole: groups filled, footnote marks taken off, columns named.
class TableHeader {
public:
    /// Goes to the header and reads it. Throws Error where it is not there, ragged or beyond the end.
    TableHeader(TableSource& source, const TableLayout& layout);

    /// The column of that name. Throws Error when it is not there or stands twice.
    std::size_t find(const std::string& name) const;

    std::size_t width() const { return names_.size(); }
    const std::string& name(std::size_t column) const { return names_[column]; }
    const std::vector<std::string>& names() const { return names_; }
    /// What stands above a column in a row of the header, from 1; row 0 is its whole name.
    const std::string& text(std::size_t row, std::size_t column) const
    {
        return row == 0 ? names_[column] : rows_[row - 1][column];
    }
    const std::string& place() const { return place_; } ///< of the header, for errors
    std::string list() const;                           ///< of the columns, for errors

private:
    void read_rows(TableSource& source, const TableLayout& layout);
    void take_row(const TableRow& row, const TableLayout& layout);
    void fill_groups();
    void join_names(const TableLayout& layout);

    std::string place_;
    std::vector<std::string> names_;
    std::vector<std::vector<std::string>> rows_;
    std::vector<std::vector<bool>> repeated_; ///< cells that a merged cell above already says
};

/// A text without the footnote marks at its end: "Antall²" is "Antall".
std::string_view without_footnotes(std::string_view text, const std::vector<std::string>& marks);

} // namespace skurd
