#pragma once

#include "decode/csv_layout.hpp"
#include "decode/csv_reader.hpp"

#include <cstdint>
#include <unordered_map>

namespace skurd {

/// The categories of one dimension as they turn up.
class CsvAxis {
public:
    CsvAxis(std::string id, Role role);

    /// The position of a code, which is added where it is new; the first label given stays.
    std::uint32_t operator()(const std::string& code, const std::string& label);

    Dimension dimension;

private:
    std::unordered_map<std::string, std::uint32_t> positions_;
};

/// What the columns of one CSV file are, by its header and the layout.
struct CsvColumns {
    static constexpr std::size_t none = SIZE_MAX;

    struct Code {
        std::size_t column = none;
        std::size_t label = none;
    };
    struct Value {
        std::size_t column = none;
        std::uint32_t measure = 0; ///< category of the measures' axis, where there is one
        std::uint32_t period = 0;  ///< category of the time axis, unless the period stands in each row
    };

    std::vector<std::string> names; ///< header cells, trimmed
    std::vector<Code> codes;        ///< one for each of the layout's series columns
    std::size_t period = none;      ///< the column the period stands in
    std::vector<Value> values;      ///< in the file's order
    std::vector<CsvAxis> axes;      ///< of codes, then measures, then time
};

/// Reads the header lines and finds everything the layout names. Throws Error with the header's line: a column that
/// is not there or stands twice, a pattern that finds nothing or the same column twice.
CsvColumns read_columns(CsvReader& reader, const CsvLayout& layout);

} // namespace skurd
