#pragma once

#include <string>
#include <vector>

namespace skurd {

/// A table of text with columns that line up, for people. UTF-8; a cell's width is its number of code points.
class Table {
public:
    enum class Align { left, right };

    struct Column {
        std::string heading;
        Align align = Align::left;
    };

    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    void add(std::vector<std::string> row); ///< as many cells as there are columns
    bool empty() const { return rows_.empty(); }
    std::string text() const; ///< headings, a line, the rows; lines have no trailing space

private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace skurd
