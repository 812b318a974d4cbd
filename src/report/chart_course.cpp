#include "report/chart_course.hpp"

#include <algorithm>

namespace skurd {

namespace {

using Point = ChartCourse::Point;

std::vector<Point> points_of(const IndicatorValues& values)
{
    std::vector<Point> points;
    for (const auto& [period, value] : values)
        if (period.kind() != PeriodKind::other)
            points.push_back({period, value.value.number, value.definition, value.is_provisional(),
                              static_cast<int>(period.first_day().time_since_epoch().count())});
    return points;
}

/// The shortest time between two periods with a number: a longer one is a gap, but not in a series that comes every
/// second year.
int usual_step(const std::vector<Point>& points)
{
    int step = points.empty() ? 0 : points.back().day - points.front().day;
    const Point* before = nullptr;
    for (const auto& point : points) {
        if (!point.number)
            continue;
        if (before)
            step = std::min(step, point.day - before->day);
        before = &point;
    }
    return step;
}

bool is_break(const std::vector<SeriesBreak>& breaks, const Period& before, const Period& after)
{
    return std::any_of(breaks.begin(), breaks.end(), [&](const SeriesBreak& each) {
        return !each.comparable && before < each.first_after && each.first_after <= after;
    });
}

bool is_incomparable_change(const Indicator& indicator, const Point& before, const Point& after)
{
    return std::any_of(indicator.definitions.begin(), indicator.definitions.end(), [&](const Definition& definition) {
        return definition.id > before.definition && definition.id <= after.definition &&
               !definition.comparable_with_previous;
    });
}

} // namespace

std::size_t ChartCourse::numbers() const
{
    return static_cast<std::size_t>(
        std::count_if(points.begin(), points.end(), [](const Point& point) { return point.number.has_value(); }));
}

ChartCourse chart_course(const IndicatorValues& values, const Indicator& indicator, const Definition& definition,
                         const std::vector<SeriesBreak>& found)
{
    ChartCourse course;
    course.points = points_of(values);
    course.lines.emplace_back();
    const int step = usual_step(course.points);
    for (std::size_t i = 0; i < course.points.size(); ++i) {
        const auto& point = course.points[i];
        if (i > 0) {
            const auto& before = course.points[i - 1];
            const bool parts = is_break(definition.breaks, before.period, point.period) ||
                               is_break(found, before.period, point.period) ||
                               is_incomparable_change(indicator, before, point);
            // A leap day or a short month is no gap.
            const bool gap = 2 * (point.day - before.day) > 3 * step;
            if (parts)
                course.breaks.push_back(i);
            if (parts || gap || !point.number)
                course.lines.emplace_back();
        } else if (!point.number) {
            course.lines.emplace_back();
        }
        if (point.number)
            course.lines.back().push_back(i);
    }
    std::erase_if(course.lines, [](const auto& line) { return line.empty(); });
    return course;
}

} // namespace skurd
