#include "decode/table/table_cube.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/table/decode_table.hpp"

#include <algorithm>

namespace skurd {

std::string TableCube::name(const std::vector<std::uint32_t>& positions) const
{
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < positions.size(); ++i)
        parts.push_back(columns_.axes[i].dimension.id + "=" +
                        excerpt(columns_.axes[i].dimension.categories[positions[i]].code));
    return join(parts, ", ");
}

void TableCube::note_unit(Series& series, const NumberValue& number, std::size_t line) const
{
    const auto& unit = number.unit.empty() ? layout_.unit : number.unit;
    if (!series.unit) {
        series.unit = unit;
        series.unit_line = line;
    } else if (*series.unit != unit) {
        throw error("the unit here is {}, but {} in {} {}: two units in the series {}",
                    unit.empty() ? "none" : "'" + unit + "'",
                    series.unit->empty() ? "none" : "'" + *series.unit + "'", source_.is_sheet() ? "row" : "line",
                    series.unit_line, name(series.positions));
    }
}

std::uint16_t TableCube::symbol_of(const ValueSymbol& symbol)
{
    if (symbol.text != symbol.means)
        combined_.emplace(symbol.text, symbol.means);
    return symbol_index_(symbol.text);
}

void TableCube::add(const std::vector<std::uint32_t>& positions, std::uint32_t period, const TableValue& value,
                    std::size_t line)
{
    const auto [found, is_new] = index_.try_emplace(positions, static_cast<std::uint32_t>(series_.size()));
    if (is_new)
        series_.push_back({positions, std::nullopt, 0});
    Entry entry{found->second, period, static_cast<std::uint32_t>(line), Cell::missing()};
    if (const auto* number = std::get_if<NumberValue>(&value)) {
        note_unit(series_[found->second], *number, line);
        entry.cell = Cell::of(number->number, symbol_of(number->symbol));
    } else if (const auto* mark = std::get_if<MarkValue>(&value)) {
        entry.cell = Cell::missing(symbol_of(mark->symbol));
    } else if (layout_.empty == TableLayout::Empty::absent) {
        return;
    }
    if (entries_.size() == layout_.cells_max)
        throw error("more than {} values", layout_.cells_max);
    entries_.push_back(entry);
}

Cube TableCube::make() const
{
    Cube cube;
    cube.label = layout_.title;
    cube.symbols = symbols_;
    for (const auto& axis : columns_.axes)
        cube.dimensions.push_back(axis.dimension);
    place_units(cube);
    if (const auto count = cube.cell_count(); count > layout_.cells_max)
        throw error(
            "the columns multiply to {} cells, and a file may have {}: does each of them identify the series?", count,
            layout_.cells_max);
    place_cells(cube);
    return cube;
}

void TableCube::place_cells(Cube& cube) const
{
    cube.cells.resize(cube.cell_count());
    std::vector<bool> taken(cube.cells.size());
    for (const auto& entry : entries_) {
        std::size_t at = 0;
        const auto& positions = series_[entry.series].positions;
        for (std::size_t i = 0; i < positions.size(); ++i)
            at = at * cube.dimensions[i].categories.size() + positions[i];
        at = at * cube.dimensions.back().categories.size() + entry.period;
        if (taken[at])
            refuse_second(entry);
        taken[at] = true;
        cube.cells[at] = entry.cell;
    }
}

void TableCube::refuse_second(const Entry& second) const
{
    const auto first = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) {
        return entry.series == second.series && entry.period == second.period;
    });
    throw DuplicateValueError(fmt::format("{}: {} in {} is given twice, first in {} {}", source_.place(second.line),
                                          name(series_[second.series].positions),
                                          excerpt(columns_.axes.back().dimension.categories[second.period].code),
                                          source_.is_sheet() ? "row" : "line", first->line));
}

bool TableCube::place_units_on(Dimension& dimension, std::size_t axis) const
{
    std::vector<std::optional<std::string>> units(dimension.categories.size());
    for (const auto& series : series_) {
        auto& unit = units[series.positions[axis]];
        if (unit && series.unit && *unit != *series.unit)
            return false;
        if (series.unit)
            unit = series.unit;
    }
    for (std::size_t i = 0; i < units.size(); ++i)
        dimension.categories[i].unit = units[i].value_or(layout_.unit);
    return true;
}

void TableCube::place_units(Cube& cube) const
{
    for (std::size_t axis = cube.dimensions.size() - 1; axis-- > 0;)
        if (place_units_on(cube.dimensions[axis], axis))
            return;
    throw error("the units of the numbers depend on more than one column: leave them out of the file or split it");
}

} // namespace skurd
