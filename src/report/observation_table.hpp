#pragma once

#include "model/observation_row.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Takes the values of rows, column by column.
class ColumnSink {
public:
    virtual ~ColumnSink() = default;
    virtual void text(std::string_view text) = 0;
    virtual void number(const std::optional<Decimal>& number) = 0;       ///< as published
    virtual void integer(const std::optional<std::int64_t>& number) = 0; ///< an id, a number of an indicator
    virtual void instant(const std::optional<Time>& time) = 0;
};

/// Observations as a table: the same columns in every form that is one. Each dimension has a column for its code and
/// one for its label.
class ObservationTable {
public:
    enum class Kind { text, number, integer, instant };
    struct Column {
        std::string name;
        Kind kind = Kind::text;
    };

    explicit ObservationTable(std::vector<std::string> dimensions);

    const std::vector<Column>& columns() const { return columns_; }
    void put(const ObservationRow& row, ColumnSink& sink) const; ///< in the order of the columns

private:
    void put_codes(const Observation& seen, ColumnSink& sink) const;
    static const std::string& put_words(const Observation& seen, ColumnSink& sink);
    static void put_notes(const ObservationRow& row, ColumnSink& sink);

    std::vector<std::string> dimensions_;
    std::vector<Column> columns_;
};

/// The dimensions that any of the rows has a code of, in the order in which they come.
std::vector<std::string> dimensions_of(const std::vector<ObservationRow>& rows);

} // namespace skurd
