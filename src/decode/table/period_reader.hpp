#pragma once

#include "decode/layout/table_layout.hpp"
#include "decode/pattern.hpp"

#include <chrono>

namespace skurd {

/// A date as a file writes it: "2024-03-01" (ISO 8601, a time of day may follow) or "1.3.2024"; nothing for others.
std::optional<std::chrono::year_month_day> read_date(std::string_view text);

/// The period of that kind that a date lies in, as Period writes it; a day is "2024-03-01".
std::string period_of(std::chrono::year_month_day date, DatePeriod kind);

/// Reads the texts that stand where a period is to be. The layout must outlive it.
class PeriodReader {
public:
    /// In a sheet, dates are refused unless the layout says what becomes of them; in CSV they are text as others.
    PeriodReader(const TableLayout& layout, bool is_sheet);

    /// A cell of the period column, or the one period cell. Throws Error without place.
    std::string read_cell(std::string_view text) const;
    /// What a pattern already found in a header.
    std::string read(std::string_view text) const;

private:
    const TableLayout& layout_;
    bool is_sheet_;
    std::optional<Pattern> pattern_;
};

} // namespace skurd
