// A table is first laid out as wide as its cells are. Only where that is wider than asked for does make_room() take
// columns out, and shrink() narrow what is left: again and again the widest column loses a column of the terminal,
// so that all long ones end equally wide and short ones keep what they have.
#include "base/text_table.hpp"

#include "base/text.hpp"
#include "base/text_layout.hpp"

#include <algorithm>
#include <cassert>

namespace skurd {

namespace {

constexpr std::size_t text_width_min = 40; ///< with less a long text goes below the row
constexpr std::size_t below_indent = 4;

} // namespace

void TextTable::add(std::vector<std::string> row)
{
    assert(row.size() == columns_.size());
    for (auto& cell : row)
        cell = printable(cell);
    rows_.push_back(std::move(row));
}

std::vector<std::string> TextTable::lines_of(const std::string& cell, std::size_t width) const
{
    if (style_.cell_max != 0 && width >= style_.cell_max)
        return wrapped(cell, style_.cell_max);
    return display_width(cell) <= width ? std::vector{cell} : folded(cell, width);
}

std::vector<std::string> TextTable::headings() const
{
    std::vector<std::string> headings;
    headings.reserve(columns_.size());
    for (const auto& column : columns_)
        headings.push_back(column.heading);
    return headings;
}

std::vector<std::size_t> TextTable::natural_widths() const
{
    std::vector<std::size_t> widths(columns_.size());
    const auto widen = [&](const std::vector<std::string>& row) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            const auto lines = style_.cell_max == 0 ? std::vector{row[c]} : wrapped(row[c], style_.cell_max);
            for (const auto& line : lines)
                widths[c] = std::max(widths[c], display_width(line));
        }
    };
    widen(headings());
    std::for_each(rows_.begin(), rows_.end(), widen);
    return widths;
}

bool TextTable::is_without_text(std::size_t column) const
{
    return std::all_of(rows_.begin(), rows_.end(), [&](const auto& row) { return row[column].empty(); });
}

std::size_t TextTable::width_of(const std::vector<std::size_t>& widths) const
{
    std::size_t all = 0;
    for (const auto width : widths)
        if (width != 0)
            all += width + (all == 0 ? 0 : style_.gap);
    return all;
}

TextTable::Layout TextTable::layout(std::size_t width) const
{
    Layout layout{natural_widths(), {}, width};
    if (width == 0 || width_of(layout.widths) <= width)
        return layout;
    make_room(layout);
    std::vector<std::size_t> words;
    std::vector<std::size_t> all;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        all.push_back(c);
        if (columns_[c].align == Align::left)
            words.push_back(c);
    }
    shrink(layout, words);
    shrink(layout, all);
    return layout;
}

void TextTable::make_room(Layout& layout) const
{
    std::vector<std::size_t> texts;
    auto others = layout.widths;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const auto fit = columns_[c].fit;
        if (fit == Fit::shrink)
            continue;
        if (fit == Fit::below && !is_without_text(c))
            texts.push_back(c);
        else
            layout.widths[c] = 0;
        others[c] = 0;
    }
    const auto beside = width_of(others) + texts.size() * (text_width_min + style_.gap);
    if (width_of(layout.widths) <= layout.width)
        return;
    if (beside <= layout.width)
        return shrink(layout, texts);
    for (const auto c : texts)
        layout.widths[c] = 0;
    layout.below = std::move(texts);
}

void TextTable::shrink(Layout& layout, const std::vector<std::size_t>& columns) const
{
    constexpr std::size_t least = 3;
    while (width_of(layout.widths) > layout.width) {
        std::size_t* widest = nullptr;
        for (const auto c : columns)
            if (layout.widths[c] > (widest ? *widest : least))
                widest = &layout.widths[c];
        if (!widest)
            return;
        --*widest;
    }
}

void TextTable::put(const std::vector<std::string>& row, const Layout& layout, std::string& out) const
{
    std::vector<std::vector<std::string>> cells(row.size());
    std::size_t height = 1;
    for (std::size_t c = 0; c < row.size(); ++c)
        if (layout.widths[c] != 0) {
            cells[c] = lines_of(row[c], layout.widths[c]);
            height = std::max(height, cells[c].size());
        }
    for (std::size_t at = 0; at < height; ++at) {
        std::string line;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (layout.widths[c] == 0)
                continue;
            const auto& text = at < cells[c].size() ? cells[c][at] : std::string();
            line += columns_[c].align == Align::right ? right(text, layout.widths[c]) : left(text, layout.widths[c]);
            line += spaces(style_.gap);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
}

void TextTable::put_below(const std::vector<std::string>& row, const Layout& layout, std::string& out)
{
    for (const auto c : layout.below)
        if (!row[c].empty())
            out += hanging(row[c], layout.width, spaces(below_indent), spaces(below_indent));
}

std::string TextTable::text(std::size_t width) const
{
    const auto where = layout(width);
    std::string out;
    put(headings(), where, out);
    if (style_.is_heading_ruled) {
        std::vector<std::string> rules;
        rules.reserve(where.widths.size());
        for (const auto column : where.widths)
            rules.push_back(ruled(column));
        put(rules, where, out);
    }
    for (const auto& row : rows_) {
        put(row, where, out);
        put_below(row, where, out);
    }
    return out;
}

} // namespace skurd
