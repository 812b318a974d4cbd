#pragma once

#include "decode/table/period_reader.hpp"
#include "decode/table/table_header.hpp"

#include <cstdint>
#include <unordered_map>

namespace skurd {

/// The categories of one dimension as they turn up.
class TableAxis {
public:
    TableAxis(std::string id, Role role);

    /// The position of a code, which is added where it is new; the first label given stays.
    std::uint32_t operator()(const std::string& code, const std::string& label);

    Dimension dimension;

private:
    std::unordered_map<std::string, std::uint32_t> positions_;
};

/// What the columns of one table are, by its header and the layout.
struct TableColumns {
    static constexpr std::size_t none = SIZE_MAX;

    struct Code {
        std::size_t column = none; ///< none: the headings between rows
        std::size_t label = none;
    };
    struct Value {
        std::size_t column = none;
        std::vector<std::uint32_t> across{}; ///< categories of the dimensions across, but time
        std::uint32_t period = 0;            ///< category of the time axis, unless the period stands in each row
    };

    /// A column with the name of a fixed dimension, which is to say the same in every row.
    struct Fixed {
        std::size_t column = none;
        std::string code;
    };

    std::vector<std::string> names;  ///< header cells, trimmed
    std::vector<Code> codes;         ///< one for each of the layout's series
    std::size_t period = none;       ///< the column the period stands in
    std::size_t unit = none;         ///< the column the unit stands in
    std::size_t status = none;       ///< the column the flag of the value stands in
    std::vector<std::size_t> filled; ///< columns whose empty cells are what the last one was
    std::vector<Value> values;       ///< in the file's order
    std::vector<Fixed> fixed;
    std::size_t across = 0;      ///< how many dimensions but time run across
    std::vector<TableAxis> axes; ///< of codes, then fixed dimensions, then those across, then time
};

/// Reads the header and finds everything the layout names. Throws Error with the header's place: a column that is
/// not there or stands twice, a pattern that finds nothing or the same column twice.
TableColumns read_columns(TableSource& source, const TableLayout& layout, const PeriodReader& periods);

} // namespace skurd
