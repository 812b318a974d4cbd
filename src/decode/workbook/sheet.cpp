#include "decode/workbook/sheet.hpp"

#include "base/error.hpp"
#include "base/stopping.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <optional>

namespace skurd {

namespace {

constexpr std::size_t letters = 26;
constexpr std::size_t columns_max = 16'384;
constexpr std::size_t rows_max = 1'048'576;

} // namespace

SheetCell not_computed_cell(std::uint32_t column)
{
    SheetCell cell;
    cell.column = column;
    cell.kind = SheetCell::Kind::not_computed;
    cell.text = "#not computed";
    return cell;
}

void check_has_cells(const SheetInfo& sheet)
{
    if (sheet.content != SheetInfo::Content::cells)
        throw error("sheet '{}' holds a chart or macros, not cells", excerpt(sheet.name));
}

std::string column_name(std::size_t column)
{
    std::string name;
    for (++column; column > 0; column = (column - 1) / letters)
        name.insert(name.begin(), static_cast<char>('A' + (column - 1) % letters));
    return name;
}

std::optional<std::size_t> column_from(std::string_view name)
{
    if (name.empty() || name.size() > 3)
        return std::nullopt;
    std::size_t number = 0;
    for (const char c : name) {
        if (c < 'A' || c > 'Z')
            return std::nullopt;
        number = number * letters + static_cast<std::size_t>(c - 'A') + 1;
    }
    return number <= columns_max ? std::optional(number - 1) : std::nullopt;
}

std::optional<CellName> cell_from(std::string_view name)
{
    const auto digits = std::min(name.find_first_of("0123456789"), name.size());
    const auto column = column_from(name.substr(0, digits));
    const auto row = name.substr(digits);
    if (!column || !all_digits(row) || row.size() > 7 || row.front() == '0')
        return std::nullopt;
    const auto number = std::stoul(std::string(row));
    if (number > rows_max)
        return std::nullopt;
    return CellName{static_cast<std::uint32_t>(*column), static_cast<std::uint32_t>(number)};
}

SheetBuilder::SheetBuilder(std::string name, const SheetLimits& limits) : limits_(limits)
{
    sheet_.name = std::move(name);
}

void SheetBuilder::refuse(std::uint32_t row, std::size_t column, const std::string& why) const
{
    throw error("sheet '{}', {}{}: {}", excerpt(sheet_.name), column_name(column), row, why);
}

void SheetBuilder::add(std::uint32_t row, SheetCell cell)
{
    throw_if_stopped();
    if (row == 0 || row > limits_.rows || cell.column >= limits_.columns)
        throw error("sheet '{}': a cell in row {}, column {}, beyond the {} rows and {} columns that are read",
                    excerpt(sheet_.name), row, cell.column + 1, limits_.rows, limits_.columns);
    if (cell.text.empty())
        return;
    if (cell.text.size() > limits_.text_size)
        refuse(row, cell.column, fmt::format("more than {} bytes", limits_.text_size));
    texts_size_ += cell.text.size();
    if (++cells_ > limits_.cells || texts_size_ > limits_.texts_size)
        refuse(row, cell.column,
               fmt::format("more than {} cells or {} bytes before here", limits_.cells, limits_.texts_size));
    if (sheet_.rows.empty() || sheet_.rows.back().number != row) {
        if (!sheet_.rows.empty() && sheet_.rows.back().number > row)
            refuse(row, cell.column, "the rows of the sheet are out of order");
        sheet_.rows.push_back({row, {}});
    }
    auto& cells = sheet_.rows.back().cells;
    if (!cells.empty() && cells.back().column >= cell.column)
        refuse(row, cell.column, "the cells of the row are out of order, or this one is given twice");
    width_ = std::max<std::size_t>(width_, cell.column + 1);
    if (sheet_.rows.size() * width_ > limits_.area)
        refuse(row, cell.column,
               fmt::format("{} rows of {} columns: more than {} cells, nearly all of them empty", sheet_.rows.size(),
                           width_, limits_.area));
    cells.push_back(std::move(cell));
}

void SheetBuilder::merge(const MergedCell& merged)
{
    if (sheet_.merged.size() == limits_.merged)
        throw error("sheet '{}': more than {} merged cells", excerpt(sheet_.name), limits_.merged);
    sheet_.merged.push_back(merged);
}

Sheet SheetBuilder::take()
{
    std::size_t area = 0;
    for (auto& merged : sheet_.merged) {
        const auto begin = std::lower_bound(sheet_.rows.begin(), sheet_.rows.end(), merged.first_row,
                                            [](const auto& row, auto number) { return row.number < number; });
        const auto end = std::upper_bound(begin, sheet_.rows.end(), merged.last_row,
                                          [](auto number, const auto& row) { return number < row.number; });
        merged.last_column = std::min(merged.last_column, static_cast<std::uint32_t>(width_));
        if (merged.first_column <= merged.last_column)
            area += static_cast<std::size_t>(end - begin) * (merged.last_column - merged.first_column + 1);
        if (area > limits_.merged_area)
            throw error("sheet '{}': the merged cells cover more than {} cells", excerpt(sheet_.name),
                        limits_.merged_area);
    }
    if (sheet_.rows.size() * sheet_.merged.size() > limits_.merged_work)
        throw error("sheet '{}': {} merged cells among {} rows are more than is read", excerpt(sheet_.name),
                    sheet_.merged.size(), sheet_.rows.size());
    return std::move(sheet_);
}

} // namespace skurd
