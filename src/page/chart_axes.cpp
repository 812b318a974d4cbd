#include "page/chart_axes.hpp"

#include "base/html_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr int ticks_max = 6;
constexpr int label_width = 52; ///< of a period on the axis

/// The smallest of 1, 2, 5, 10, 20, 50 ... of which few fit between two numbers.
Exact tick_step(const Exact& range)
{
    constexpr std::array<int, 3> factors = {2, 5, 10};
    Exact power = Exact(1) / 1000000;
    for (;;) {
        if (range / power <= ticks_max)
            return power;
        for (const int factor : factors)
            if (range / (power * factor) <= ticks_max)
                return power * factor;
        power *= 10;
    }
}

} // namespace

ChartAxes::ChartAxes(ChartSize size, int first_day, int last_day)
    : size_(size), first_(first_day), last_(std::max(last_day, first_day + 1))
{
}

void ChartAxes::see(const Decimal& number)
{
    const auto value = exact(number);
    low_ = is_measured_ ? std::min(low_, value) : value;
    high_ = is_measured_ ? std::max(high_, value) : value;
    is_measured_ = true;
}

void ChartAxes::settle()
{
    if (low_ == high_) {
        low_ -= 1;
        high_ += 1;
    }
    step_ = tick_step(high_ - low_);
    low_ = step_ * Exact(whole_steps(low_) - (low_ < 0 ? 1 : 0));
    const Exact top = step_ * Exact(whole_steps(high_));
    high_ = top < high_ ? Exact(top + step_) : top;
}

/// How many steps of the axis a number has, without the rest.
Whole ChartAxes::whole_steps(const Exact& number) const
{
    const Exact steps = number / step_;
    return numerator(steps) / denominator(steps);
}

std::string ChartAxes::coordinate(const Exact& at)
{
    return rounded(at, 1).value_or(Decimal()).normalised().text();
}

Exact ChartAxes::x_at(int day) const
{
    return left + 10 + Exact(size_.width - left - right - 20) * (day - first_) / (last_ - first_);
}

Exact ChartAxes::y_at(const Exact& number) const
{
    const auto bottom = size_.height - below;
    return bottom - Exact(bottom - above) * (number - low_) / (high_ - low_);
}

std::string ChartAxes::svg(const std::function<std::string(const Decimal&)>& say,
                           const std::vector<AxisPeriod>& periods) const
{
    std::string text;
    for (Exact at = low_; at <= high_; at += step_) {
        const auto number = rounded(at, 6).value_or(Decimal()).normalised();
        text += fmt::format(R"(<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>)", left, size_.width - right,
                            coordinate(y_at(at)), coordinate(y_at(at)));
        text += fmt::format(R"(<text class="axis end" x="{}" y="{}">{}</text>)", left - 8, coordinate(y_at(at) + 4),
                            html_escaped(say(number)));
    }
    const auto room = static_cast<std::size_t>(std::max((size_.width - left - right) / label_width, 2));
    const auto every = std::max<std::size_t>((periods.size() + room - 1) / room, 1);
    for (std::size_t i = periods.size(); i-- > 0;)
        if ((periods.size() - 1 - i) % every == 0)
            text += fmt::format(R"(<text class="axis middle" x="{}" y="{}">{}</text>)", x_of(periods[i].day),
                                size_.height - 10, html_escaped(periods[i].text));
    return text;
}

} // namespace skurd
