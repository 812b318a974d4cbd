#include "base/text_table.hpp"

#include "base/text.hpp"
#include "base/text_layout.hpp"

#include <algorithm>
#include <cassert>

namespace skurd {

void TextTable::add(std::vector<std::string> row)
{
    assert(row.size() == columns_.size());
    rows_.push_back(std::move(row));
}

std::vector<std::vector<std::string>> TextTable::cells_of(const std::vector<std::string>& row) const
{
    std::vector<std::vector<std::string>> cells;
    cells.reserve(row.size());
    for (const auto& cell : row)
        cells.push_back(style_.cell_max == 0 ? std::vector{cell} : wrapped(cell, style_.cell_max));
    return cells;
}

void TextTable::put(const std::vector<std::string>& row, const std::vector<std::size_t>& widths,
                    std::string& out) const
{
    const auto cells = cells_of(row);
    std::size_t height = 1;
    for (const auto& cell : cells)
        height = std::max(height, cell.size());
    for (std::size_t at = 0; at < height; ++at) {
        std::string line;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const auto& text = at < cells[c].size() ? cells[c][at] : std::string();
            line += columns_[c].align == Align::right ? right(text, widths[c]) : left(text, widths[c]);
            line += spaces(style_.gap);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
}

std::string TextTable::text() const
{
    std::vector<std::string> headings;
    for (const auto& column : columns_)
        headings.push_back(column.heading);
    std::vector<std::size_t> widths(columns_.size());
    const auto widen = [&](const std::vector<std::string>& row) {
        const auto cells = cells_of(row);
        for (std::size_t c = 0; c < cells.size(); ++c)
            for (const auto& line : cells[c])
                widths[c] = std::max(widths[c], display_width(line));
    };
    widen(headings);
    std::for_each(rows_.begin(), rows_.end(), widen);
    std::string out;
    put(headings, widths, out);
    if (style_.is_heading_ruled) {
        std::vector<std::string> rules;
        rules.reserve(widths.size());
        for (const auto width : widths)
            rules.push_back(ruled(width));
        put(rules, widths, out);
    }
    for (const auto& row : rows_)
        put(row, widths, out);
    return out;
}

} // namespace skurd
