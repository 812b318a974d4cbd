#include "app/table.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cassert>

namespace skurd {

void Table::add(std::vector<std::string> row)
{
    assert(row.size() == columns_.size());
    rows_.push_back(std::move(row));
}

std::string Table::text() const
{
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        widths.push_back(display_width(columns_[c].heading));
        for (const auto& row : rows_)
            widths[c] = std::max(widths[c], display_width(row[c]));
    }
    std::string out;
    const auto put = [&](const auto& cell_of) {
        std::string line;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            const std::string& cell = cell_of(c);
            const std::string space(widths[c] - display_width(cell), ' ');
            line += columns_[c].align == Align::right ? space + cell : cell + space;
            line += "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    };
    put([&](std::size_t c) -> const std::string& { return columns_[c].heading; });
    std::vector<std::string> rules;
    for (const auto width : widths)
        rules.emplace_back(replace_all(std::string(width, '-'), "-", "─"));
    put([&](std::size_t c) -> const std::string& { return rules[c]; });
    for (const auto& row : rows_)
        put([&](std::size_t c) -> const std::string& { return row[c]; });
    return out;
}

} // namespace skurd
