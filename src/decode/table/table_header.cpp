#include "decode/table/table_header.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/table_value.hpp"

#include <algorithm>

namespace skurd {

std::string_view without_footnotes(std::string_view text, const std::vector<std::string>& marks)
{
    text = trim_cell(text);
    for (;;) {
        const auto mark = std::find_if(marks.begin(), marks.end(), [&](const auto& m) { return text.ends_with(m); });
        if (mark == marks.end() || mark->size() == text.size())
            return text;
        text.remove_suffix(mark->size());
        text = trim_cell(text);
    }
}

TableHeader::TableHeader(TableSource& source, const TableLayout& layout)
{
    source.go_to(layout.header);
    const auto* word = source.is_sheet() ? "row" : "line";
    if (source.at_end())
        throw error("the header is to be in {} {}, but the {} ends in {} {}", word,
                    std::max<std::size_t>(1, layout.header), source.is_sheet() ? "sheet" : "file", word,
                    source.line());
    place_ = source.place(source.line());
    read_rows(source, layout);
    if (layout.fill_header)
        fill_groups();
    join_names(layout);
}

void TableHeader::read_rows(TableSource& source, const TableLayout& layout)
{
    TableRow row;
    auto line = source.line();
    for (std::size_t i = 0; i < layout.header_rows; ++i, ++line) {
        if (!source.read(row) || (i == 0 && row.is_blank()))
            throw error("{}: the header is to be here, but the {} is empty", source.place(line),
                        source.is_sheet() ? "row" : "line");
        if (i > 0 && row.fields.size() != rows_.front().size())
            throw error("{}: {} fields in a header of {} columns", source.place(row.line), row.fields.size(),
                        rows_.front().size());
        for (std::size_t column = 0; column < row.fields.size(); ++column)
            if (row.kind(column) == CellType::Kind::not_computed)
                throw error("{}: {}", source.place(row.line, column, ""), not_computed_text);
        take_row(row, layout);
    }
}

void TableHeader::take_row(const TableRow& row, const TableLayout& layout)
{
    auto& texts = rows_.emplace_back();
    auto& repeated = repeated_.emplace_back();
    for (std::size_t column = 0; column < row.fields.size(); ++column) {
        texts.emplace_back(without_footnotes(row.fields[column], layout.footnotes));
        repeated.push_back(rows_.size() > 1 && row.kind(column) == CellType::Kind::covered_above);
    }
}

/// An empty cell belongs to the group that begins left of it, as long as the rows above are of one group there and
/// the last row has something, so that columns between two tables stay unnamed.
void TableHeader::fill_groups()
{
    for (std::size_t row = 0; row + 1 < rows_.size(); ++row) {
        std::size_t group = SIZE_MAX;
        for (std::size_t column = 0; column < rows_[row].size(); ++column) {
            auto& text = rows_[row][column];
            const auto in_group = [&](std::size_t above) { return rows_[above][column] == rows_[above][group]; };
            bool same = group != SIZE_MAX && !rows_.back()[column].empty();
            for (std::size_t above = 0; same && above < row; ++above)
                same = in_group(above);
            if (text.empty() && same)
                text = rows_[row][group];
            if (!text.empty())
                group = column;
        }
    }
}

void TableHeader::join_names(const TableLayout& layout)
{
    names_.resize(rows_.empty() ? 0 : rows_.front().size());
    for (std::size_t row = 0; row < rows_.size(); ++row)
        for (std::size_t column = 0; column < names_.size(); ++column)
            if (const auto& text = rows_[row][column]; !text.empty() && !repeated_[row][column])
                names_[column].append(names_[column].empty() ? "" : " / ").append(text);
    if (rows_.empty() && !layout.names.empty())
        names_.resize(layout.names.rbegin()->first + 1);
    for (const auto& [column, name] : layout.names) {
        if (column >= names_.size())
            throw error("{}: the layout names column {} '{}', but there are {}", place_, column + 1, name,
                        names_.size());
        names_[column] = name;
    }
}

std::size_t TableHeader::find(const std::string& name) const
{
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end())
        throw error("{}: there is no column '{}'{}; the columns are {}", place_, name,
                    excerpt(did_you_mean(name, names_)), list());
    if (const auto again = std::find(found + 1, names_.end(), name); again != names_.end())
        throw error("{}: the column '{}' stands twice, as columns {} and {}", place_, name,
                    found - names_.begin() + 1, again - names_.begin() + 1);
    return static_cast<std::size_t>(found - names_.begin());
}

std::string TableHeader::list() const
{
    constexpr std::size_t shown_max = 30;
    std::vector<std::string> shown;
    for (const auto& name : names_)
        if (!name.empty() && shown.size() < shown_max)
            shown.push_back("'" + excerpt(name) + "'");
    return join(shown, ", ") + (names_.size() > shown_max ? ", …" : "");
}

} // namespace skurd
