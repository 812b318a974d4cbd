#include "decode/layout/table_draft.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/workbook/sheet.hpp"

#include <map>

namespace skurd {

namespace {

/// Whether an upper row of the header names a group in its first cell only.
bool names_groups(const TableDraft& draft)
{
    const auto& shape = draft.shape;
    for (auto row = shape.header; row + 1 < shape.header_end; ++row)
        for (std::size_t column = 1; column < draft.grid.width; ++column) {
            const bool in_group =
                draft.text(row, column).empty() && !draft.text(shape.header_end - 1, column).empty();
            bool begun = false;
            for (std::size_t left = 0; left < column && in_group; ++left)
                begun |= !draft.text(row, left).empty() && !draft.text(shape.header_end - 1, left).empty();
            if (begun)
                return true;
        }
    return false;
}

bool is_used(const TableDraft& draft, std::size_t column)
{
    for (auto row = draft.shape.first; row < draft.shape.end; ++row)
        if (!draft.text(row, column).empty())
            return true;
    return false;
}

void read_header(TableDraft& draft)
{
    const auto source = draft.grid.open();
    const TableHeader header(*source, draft.layout);
    for (std::size_t row = 1; row <= draft.layout.header_rows; ++row) {
        auto& texts = draft.header.emplace_back();
        for (std::size_t column = 0; column < draft.grid.width; ++column)
            texts.push_back(column < header.width() ? header.text(row, column) : "");
    }
    for (std::size_t column = 0; column < std::min(draft.grid.width, header.width()); ++column)
        draft.columns[column].name = header.name(column);
}

} // namespace

std::string TableDraft::letter(std::size_t column) const
{
    return column_name(layout.columns.first + column);
}

void draft_header(TableDraft& draft)
{
    const auto& shape = draft.shape;
    const auto line = [&](std::size_t row) { return draft.grid.rows[row].line; };
    draft.columns.resize(draft.grid.width);
    draft.layout.header = line(shape.header);
    draft.layout.header_rows =
        shape.header_end > shape.header ? line(shape.header_end - 1) - line(shape.header) + 1 : 0;
    draft.layout.fill_header = names_groups(draft);
    try {
        read_header(draft);
    } catch (const Error& failure) {
        draft.header.assign(draft.layout.header_rows, std::vector<std::string>(draft.grid.width));
        draft.findings.doubt(fmt::format("the header cannot be read: {}", failure.what()));
    }
    std::map<std::string, std::size_t> seen;
    std::vector<std::string> unnamed;
    for (std::size_t column = 0; column < draft.grid.width; ++column) {
        auto& name = draft.columns[column].name;
        if (!name.empty() && seen[name]++ == 0)
            continue;
        name = "Kolonne " + draft.letter(column);
        if (!is_used(draft, column))
            continue;
        draft.layout.names[column] = name;
        unnamed.push_back(draft.letter(column));
    }
    if (unnamed.size() == 1)
        draft.findings.note("column " + unnamed.front() + " has no name of its own: give it one in [layout.names]");
    else if (!unnamed.empty())
        draft.findings.note("columns " + join(unnamed, ", ") +
                            " have no names of their own: give them some in [layout.names]");
}

} // namespace skurd
