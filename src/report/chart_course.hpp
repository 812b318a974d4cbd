#pragma once

#include "model/indicator.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace skurd {

/// What a line chart shows of an indicator's values: where its line goes, and where it must not.
struct ChartCourse {
    struct Point {
        Period period;
        std::optional<Decimal> number; ///< nothing = the period lacks a value
        int definition = 0;
        bool is_provisional = false;
        int day = 0; ///< of the period's beginning, in days
    };
    std::vector<Point> points; ///< ascending; periods that are no time are left out
    /// Points that a line goes through, each by its place; several where there are gaps. Some have one point.
    std::vector<std::vector<std::size_t>> lines;
    std::vector<std::size_t> breaks; ///< points that do not compare with the one before them

    std::size_t numbers() const; ///< how many points have one
};

/// `definition` is the one in force, `found` the breaks that sources and people told of.
ChartCourse chart_course(const IndicatorValues& values, const Indicator& indicator, const Definition& definition,
                         const std::vector<SeriesBreak>& found);

} // namespace skurd
