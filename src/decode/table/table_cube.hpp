#pragma once

#include "decode/table/table_columns.hpp"
#include "decode/table/table_source.hpp"
#include "decode/table/table_value.hpp"

#include <map>

namespace skurd {

/// Collects the cells of a table until the sizes of its dimensions are known, then makes the cube.
class TableCube {
public:
    /// All must outlive this; the axes may grow.
    TableCube(const TableLayout& layout, const TableColumns& columns, const TableSource& source)
        : layout_(layout), columns_(columns), source_(source), symbol_index_(symbols_)
    {
    }
    TableCube(const TableCube&) = delete; // the index of symbols refers into it
    TableCube& operator=(const TableCube&) = delete;
    ~TableCube() = default;

    /// One value of the series with these positions on the axes before time. Throws Error when the unit differs from
    /// the series' earlier one, or there are more cells than the layout allows.
    void add(const std::vector<std::uint32_t>& positions, std::uint32_t period, const TableValue& value,
             std::size_t line);

    /// Throws Error for a value given twice, for units that no dimension determines, and for too large a cube.
    Cube make() const;

    /// Symbols of several flags, and the one of them whose meaning they have: "bp" and "p".
    const std::map<std::string, std::string>& combined() const { return combined_; }

private:
    struct Series {
        std::vector<std::uint32_t> positions;
        std::optional<std::string> unit; ///< nothing until a number was seen
        std::size_t unit_line = 0;
    };
    struct Entry {
        std::uint32_t series = 0;
        std::uint32_t period = 0;
        std::uint32_t line = 0;
        Cell cell;
    };

    std::uint16_t symbol_of(const ValueSymbol& symbol);
    std::string name(const std::vector<std::uint32_t>& positions) const;
    void note_unit(Series& series, const NumberValue& number, std::size_t line) const;
    [[noreturn]] void refuse_second(const Entry& second) const;
    void place_cells(Cube& cube) const;
    void place_units(Cube& cube) const;
    bool place_units_on(Dimension& dimension, std::size_t axis) const;

    const TableLayout& layout_;
    const TableColumns& columns_;
    const TableSource& source_;
    std::map<std::vector<std::uint32_t>, std::uint32_t> index_;
    std::vector<Series> series_;
    std::vector<Entry> entries_;
    std::vector<std::string> symbols_ = {""};
    SymbolIndex symbol_index_;
    std::map<std::string, std::string> combined_;
};

} // namespace skurd
