#pragma once

#include "base/clock.hpp"
#include "base/decimal.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// A column of a table that is written in several forms.
struct TableColumn {
    enum class Kind { text, number, integer, instant };
    std::string name;
    Kind kind = Kind::text;
};

/// Takes the values of rows, column by column.
class ColumnSink {
public:
    virtual ~ColumnSink() = default;
    virtual void text(std::string_view text) = 0;
    virtual void number(const std::optional<Decimal>& number) = 0;       ///< as published
    virtual void integer(const std::optional<std::int64_t>& number) = 0; ///< an id, a number of an indicator
    virtual void instant(const std::optional<Time>& time) = 0;
};

} // namespace skurd
