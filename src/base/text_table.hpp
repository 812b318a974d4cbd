#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skurd {

/// A table of text with columns that line up, for people. UTF-8; a cell's width is its number of code points.
class TextTable {
public:
    enum class Align { left, right };

    struct Column {
        std::string heading;
        Align align = Align::left;
    };

    struct Style {
        std::size_t gap = 2;          ///< between columns
        std::size_t cell_max = 0;     ///< longer cells take several lines, broken at spaces; 0 = none does
        bool is_heading_ruled = true; ///< a line below the headings
    };

    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}
    TextTable(std::vector<Column> columns, const Style& style) : columns_(std::move(columns)), style_(style) {}

    void add(std::vector<std::string> row); ///< as many cells as there are columns
    bool empty() const { return rows_.empty(); }
    std::string text() const; ///< headings, a line, the rows; lines have no trailing space

private:
    /// The lines of each cell.
    std::vector<std::vector<std::string>> cells_of(const std::vector<std::string>& row) const;
    void put(const std::vector<std::string>& row, const std::vector<std::size_t>& widths, std::string& out) const;

    std::vector<Column> columns_;
    Style style_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace skurd
