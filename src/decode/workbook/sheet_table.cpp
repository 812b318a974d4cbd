#include "decode/workbook/sheet_table.hpp"

#include "base/error.hpp"
#include "base/stopping.hpp"
#include "base/text.hpp"
#include "decode/pattern.hpp"
#include "decode/table/table_value.hpp"
#include "lib/icu/same_text.hpp"

#include <algorithm>

namespace skurd {

namespace {

std::string list_of(const std::vector<std::string>& names)
{
    std::vector<std::string> quoted;
    quoted.reserve(names.size());
    for (const auto& name : names)
        quoted.push_back("'" + excerpt(name) + "'");
    return join(quoted, ", ");
}

CellType type_of(const SheetCell& cell)
{
    switch (cell.kind) {
    case SheetCell::Kind::number:
        return {CellType::Kind::number, cell.number};
    case SheetCell::Kind::percent:
        return {CellType::Kind::percent, cell.number};
    case SheetCell::Kind::date:
        return {CellType::Kind::date, {}, cell.shown};
    case SheetCell::Kind::time:
        return {CellType::Kind::time};
    case SheetCell::Kind::not_computed:
        return {CellType::Kind::not_computed};
    case SheetCell::Kind::text:
        break;
    }
    return {};
}

std::vector<std::string> names_of(const std::vector<SheetInfo>& sheets)
{
    std::vector<std::string> names;
    names.reserve(sheets.size());
    for (const auto& sheet : sheets)
        names.push_back(sheet.name);
    return names;
}

template <typename Condition>
std::vector<std::size_t> places_of(const std::vector<SheetInfo>& sheets, const Condition& condition)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < sheets.size(); ++i)
        if (condition(sheets[i]))
            places.push_back(i);
    return places;
}

} // namespace

std::size_t find_sheet(const std::vector<SheetInfo>& sheets, const TableLayout& layout)
{
    const auto names = names_of(sheets);
    if (!layout.sheet.empty()) {
        const auto found = std::find(names.begin(), names.end(), layout.sheet);
        if (found == names.end())
            throw error("there is no sheet '{}'{}; the sheets are {}", layout.sheet,
                        excerpt(did_you_mean(layout.sheet, names)), list_of(names));
        return static_cast<std::size_t>(found - names.begin());
    }
    const Pattern pattern(layout.sheet_pattern); // an empty one matches every name
    const auto matches = [&](const SheetInfo& sheet) { return pattern.matches(sheet.name); };
    auto found = places_of(sheets, [&](const auto& sheet) { return sheet.is_eligible() && matches(sheet); });
    if (found.empty())
        found = places_of(
            sheets, [&](const auto& sheet) { return sheet.content == SheetInfo::Content::cells && matches(sheet); });
    if (found.size() == 1)
        return found.front();
    if (!layout.sheet_pattern.empty())
        throw error("{} sheets match '{}', where one is to; the sheets are {}", found.size(), layout.sheet_pattern,
                    list_of(names));
    if (found.empty())
        throw error("the workbook has no sheets");
    throw error("the workbook has {} sheets: name one with 'sheet' or 'sheet_pattern'; they are {}", found.size(),
                list_of(names));
}

SheetTable::SheetTable(Sheet sheet, std::pair<std::size_t, std::size_t> columns)
    : sheet_(std::move(sheet)), first_(columns.first)
{
    std::vector<SheetRow> rows;
    for (auto& row : sheet_.rows) {
        const auto last = row.cells.back().column;
        const auto inside = [&](const auto& cell) { return cell.column >= first_ && cell.column <= columns.second; };
        if (std::none_of(row.cells.begin(), row.cells.end(), inside))
            continue;
        for (auto& cell : row.cells)
            if (cell.kind == SheetCell::Kind::text)
                cell.text = same_text(std::move(cell.text));
        width_ = std::max(width_, std::min<std::size_t>(last, columns.second) + 1 - first_);
        rows.push_back(std::move(row));
    }
    sheet_.rows = std::move(rows);
}

void SheetTable::go_to(std::size_t header)
{
    at_ = 0;
    blanks_ = 0;
    while (at_ < sheet_.rows.size() && sheet_.rows[at_].number < header)
        ++at_;
    next_ = header > 0 ? header : at_end() ? 1 : sheet_.rows[at_].number;
}

bool SheetTable::read(TableRow& row)
{
    throw_if_stopped();
    if (at_end())
        return false;
    if (++blanks_ > blanks_max)
        next_ = sheet_.rows[at_].number;
    row.line = next_++;
    row.fields.resize(width_);
    row.types.assign(width_, {});
    for (auto& field : row.fields)
        field.clear();
    if (sheet_.rows[at_].number == row.line) {
        for (const auto& cell : sheet_.rows[at_].cells)
            put(row, cell);
        ++at_;
        blanks_ = 0;
    }
    cover(row);
    return true;
}

void SheetTable::put(TableRow& row, const SheetCell& cell)
{
    if (cell.column < first_ || cell.column >= first_ + width_)
        return;
    if (cell.is_padded() && padded_.empty())
        padded_ = fmt::format("{} ({}{})", cell.text, column_name(cell.column), row.line);
    row.fields[cell.column - first_] = cell.text;
    row.types[cell.column - first_] = type_of(cell);
}

const SheetCell* SheetTable::find(std::uint32_t row, std::uint32_t column) const
{
    const auto found = std::lower_bound(sheet_.rows.begin(), sheet_.rows.end(), row,
                                        [](const auto& r, auto number) { return r.number < number; });
    if (found == sheet_.rows.end() || found->number != row)
        return nullptr;
    const auto cell = std::lower_bound(found->cells.begin(), found->cells.end(), column,
                                       [](const auto& c, auto number) { return c.column < number; });
    return cell == found->cells.end() || cell->column != column ? nullptr : &*cell;
}

void SheetTable::cover(TableRow& row) const
{
    for (const auto& merged : sheet_.merged) {
        if (row.line < merged.first_row || row.line > merged.last_row)
            continue;
        const auto* whole = find(merged.first_row, merged.first_column);
        const bool above = row.line > merged.first_row;
        for (auto column = std::max<std::size_t>(merged.first_column, first_);
             column <= merged.last_column && column < first_ + width_; ++column) {
            if (!above && column == merged.first_column)
                continue;
            row.fields[column - first_] = whole ? whole->text : "";
            row.types[column - first_] = {above ? CellType::Kind::covered_above : CellType::Kind::covered};
        }
    }
}

std::string SheetTable::padded_note() const
{
    if (padded_.empty())
        return "";
    return "numbers that are shown with zeros before them are read so where they are codes: " + padded_;
}

PlacedText SheetTable::cell(const std::string& name) const
{
    const auto at = cell_from(name);
    if (!at)
        throw error("'{}' is no cell's name", excerpt(name));
    const auto* cell = find(at->row, at->column);
    if (cell && cell->kind == SheetCell::Kind::not_computed)
        throw error("sheet '{}', {}: {}", excerpt(sheet_.name), name, not_computed_text);
    return {cell ? std::string(trim_cell(cell->text)) : "",
            fmt::format("sheet '{}', {}", excerpt(sheet_.name), name)};
}

std::string SheetTable::place(std::size_t line) const
{
    return fmt::format("sheet '{}', row {}", excerpt(sheet_.name), line);
}

std::string SheetTable::place(std::size_t line, std::size_t column, const std::string&) const
{
    return fmt::format("sheet '{}', {}{}", excerpt(sheet_.name), column_name(first_ + column), line);
}

} // namespace skurd
