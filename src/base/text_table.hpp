#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skurd {

/// A table of text with columns that line up, for people, in UTF-8: the one that all commands print. Within a width
/// it gives way step by step, until no line is longer:
/// 1. columns that are for wide tables alone are left out;
/// 2. long texts take several lines in their column, or, where less than 40 columns are left for them, stand below
///    their row, indented;
/// 3. the widest of the other columns shrink, numbers last.
class TextTable {
public:
    enum class Align { left, right };
    enum class Fit {
        shrink,    ///< takes several lines
        below,     ///< a long text: goes below the row
        wide_only, ///< is left out
    };

    struct Column {
        std::string heading;
        Align align = Align::left;
        Fit fit = Fit::shrink;
    };

    struct Style {
        std::size_t gap = 2;          ///< between columns
        std::size_t cell_max = 0;     ///< longer cells take several lines, broken at spaces; 0 = none does
        bool is_heading_ruled = true; ///< a line below the headings
    };

    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
    TextTable(std::vector<Column> columns, const Style& style) : columns_(std::move(columns)), style_(style) {}

    /// As many cells as there are columns. A cell is one line of printable text, whatever it is made from.
    void add(std::vector<std::string> row);
    bool empty() const { return rows_.empty(); }
    /// Headings, a line, the rows; lines have no trailing space. No line is wider than `width`; 0 = as wide as it is.
    std::string text(std::size_t width = 0) const;

private:
    /// Where the columns stand.
    struct Layout {
        std::vector<std::size_t> widths; ///< of each column; 0 = not in the table
        std::vector<std::size_t> below;  ///< columns whose texts stand below the row
        std::size_t width = 0;           ///< of the whole; 0 = any
    };

    std::vector<std::string> headings() const;
    std::vector<std::size_t> natural_widths() const;
    bool is_without_text(std::size_t column) const;
    std::size_t width_of(const std::vector<std::size_t>& widths) const;
    Layout layout(std::size_t width) const;
    /// Takes what has to go out of a layout that is too wide.
    void make_room(Layout& layout) const;
    /// Narrows the widest columns that may be.
    void shrink(Layout& layout, const std::vector<std::size_t>& columns) const;
    /// The lines of a cell that has that many columns.
    std::vector<std::string> lines_of(const std::string& cell, std::size_t width) const;
    void put(const std::vector<std::string>& row, const Layout& layout, std::string& out) const;
    static void put_below(const std::vector<std::string>& row, const Layout& layout, std::string& out);

    std::vector<Column> columns_;
    Style style_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace skurd
