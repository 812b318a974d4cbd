#pragma once

#include "base/decimal.hpp"
#include "base/exact.hpp"

#include <functional>
#include <string>
#include <vector>

namespace skurd {

/// How large a chart is drawn, in its own units; text in it has 13 of them.
struct ChartSize {
    int width = 980;
    int height = 330;
};
constexpr ChartSize wide_chart;
constexpr ChartSize narrow_chart = {360, 280}; ///< for a screen of 320 pixels

/// A period on the axis below.
struct AxisPeriod {
    int day = 0; ///< of its beginning, in days
    std::string text;
};

/// Where days and numbers stand in a chart, and the lines and words that say so.
class ChartAxes {
public:
    static constexpr int left = 64;  ///< of it stand the numbers of the axis
    static constexpr int right = 96; ///< of the width are kept for words behind the lines
    static constexpr int above = 18;
    static constexpr int below = 34; ///< where the periods stand

    ChartAxes(ChartSize size, int first_day, int last_day);

    // First every number that has to be within, then settle(), then the rest.

    void see(const Decimal& number);
    void settle(); ///< makes the numbers of the axis round

    bool is_within(int day) const { return day >= first_ && day <= last_; }
    Exact x_at(int day) const;
    Exact y_at(const Decimal& number) const { return y_at(exact(number)); }
    std::string x_of(int day) const { return coordinate(x_at(day)); }
    std::string y_of(const Decimal& number) const { return coordinate(y_at(number)); }
    static std::string coordinate(const Exact& at); ///< as SVG writes it

    /// The grid with its numbers, as `say` writes them, and as many periods as there is room for, the last one
    /// always.
    std::string svg(const std::function<std::string(const Decimal&)>& say,
                    const std::vector<AxisPeriod>& periods) const;

private:
    Exact y_at(const Exact& number) const;
    Whole whole_steps(const Exact& number) const;

    ChartSize size_;
    int first_;
    int last_;
    bool is_measured_ = false;
    Exact low_ = 0;
    Exact high_ = 0;
    Exact step_ = 1;
};

} // namespace skurd
