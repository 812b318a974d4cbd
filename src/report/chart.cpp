#include "report/chart.hpp"

#include "base/exact.hpp"
#include "base/html_text.hpp"
#include "base/text.hpp"
#include "report/chart_course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace skurd {

namespace {

constexpr int width = 132;
constexpr int height = 40;
constexpr int margin = 5;

using Point = ChartCourse::Point;

/// With one decimal. Fractions, not floating point: the same picture everywhere.
std::string coordinate(const Exact& at)
{
    return rounded(at, 1).value_or(Decimal()).text();
}

class Chart {
public:
    explicit Chart(const ChartCourse& course)
        : course_(course), first_(course.points.front().day), last_(std::max(course.points.back().day, first_ + 1))
    {
        bool any = false;
        for (const auto& point : course.points)
            if (point.number) {
                const auto number = exact(*point.number);
                low_ = any ? std::min(low_, number) : number;
                high_ = any ? std::max(high_, number) : number;
                newest_ = point.period;
                any = true;
            }
    }

    std::string drawing() const
    {
        std::string text;
        for (const auto at : course_.breaks) // half-way between the periods that do not compare
            text += fmt::format(R"(<line class="break" x1="{0}" x2="{0}" y1="1" y2="{1}"/>)",
                                x_of((course_.points[at - 1].day + course_.points[at].day) / 2), height - 1);
        text += lines();
        for (const auto& point : course_.points)
            if (point.number) {
                const bool last = point.period == newest_;
                text += fmt::format(R"(<circle{} cx="{}" cy="{}" r="{}"/>)", last ? R"( class="last")" : "",
                                    x_of(point.day), y_of(*point.number), last ? "3" : "1.8");
            }
        return text;
    }

    /// The line, and a dot at its end.
    std::string spark() const
    {
        auto text = lines();
        for (const auto& point : course_.points)
            if (point.number && point.period == newest_)
                text += fmt::format(R"(<circle cx="{}" cy="{}" r="4"/>)", x_of(point.day), y_of(*point.number));
        return text;
    }

private:
    std::string lines() const
    {
        std::string text;
        for (const auto& line : course_.lines) {
            std::vector<std::string> places;
            places.reserve(line.size());
            for (const auto at : line)
                places.push_back(x_of(course_.points[at].day) + "," + y_of(*course_.points[at].number));
            if (line.size() > 1)
                text += fmt::format(R"(<polyline points="{}"/>)", join(places, " "));
        }
        return text;
    }

    std::string x_of(int day) const
    {
        return coordinate(margin + Exact(width - 2 * margin) * (day - first_) / (last_ - first_));
    }

    std::string y_of(const Decimal& number) const
    {
        if (low_ == high_)
            return coordinate(Exact(height) / 2);
        return coordinate(height - margin - Exact(height - 2 * margin) * (exact(number) - low_) / (high_ - low_));
    }

    const ChartCourse& course_;
    Period newest_; ///< with a number
    int first_ = 0;
    int last_ = 1;
    Exact low_ = 0;
    Exact high_ = 0;
};

ChartCourse course_of(const StatusReport::Row& row)
{
    return chart_course(row.course, *row.indicator, *row.definition, row.breaks);
}

std::string description(const PageRow& row, const std::vector<Point>& points, bool has_breaks,
                        const ReportText& words)
{
    std::vector<std::string> texts;
    texts.reserve(points.size() + 1);
    for (const auto& point : points)
        texts.push_back(point.period.text() + ": " +
                        (point.number ? words.value(*point.number, row.row->kind())
                                      : words.missing_reason(row.row->course.at(point.period))));
    if (has_breaks)
        texts.push_back(words.say("stiplet strek: brudd i serien", "dashed line: a break in the series"));
    return join(texts, "; ");
}

/// A number with its period: "2014: 268".
std::string point_text(const PageRow& row, const Point& point, const ReportText& words)
{
    return point.period.text() + ": " + words.value(*point.number, row.row->kind());
}

/// The first and the last point that have numbers: what the line goes from and to.
std::pair<const Point*, const Point*> ends_of(const std::vector<Point>& points)
{
    const auto has_number = [](const Point& point) { return point.number.has_value(); };
    return {&*std::find_if(points.begin(), points.end(), has_number),
            &*std::find_if(points.rbegin(), points.rend(), has_number)};
}

std::string ends(const PageRow& row, const std::vector<Point>& points, const ReportText& words)
{
    const auto [first, last] = ends_of(points);
    return fmt::format(R"(<span class="ends" aria-hidden="true"><span>{}</span><span>{}</span></span>)",
                       html_escaped(point_text(row, *first, words)), html_escaped(point_text(row, *last, words)));
}

std::string ends_text(const PageRow& row, const std::vector<Point>& points, const ReportText& words)
{
    const auto [first, last] = ends_of(points);
    return point_text(row, *first, words) + " → " + point_text(row, *last, words);
}

} // namespace

std::string course_chart(const PageRow& row, const ReportText& words)
{
    const auto course = course_of(*row.row);
    if (course.numbers() < 2)
        return "";
    const auto& points = course.points;
    const auto title = fmt::format("{} {}–{}", row.label, points.front().period.text(), points.back().period.text());
    const auto id = "c" + row.row->number_text();
    return fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-t {}-d\">"
                       "<title id=\"{}-t\">{}</title><desc id=\"{}-d\">{}</desc>{}</svg>{}",
                       width, height, id, id, id, html_escaped(title), id,
                       html_escaped(description(row, points, !course.breaks.empty(), words)), Chart(course).drawing(),
                       ends(row, points, words));
}

std::string sparkline(const PageRow& row, const ReportText& words)
{
    const auto course = course_of(*row.row);
    if (course.numbers() < 2)
        return "";
    return fmt::format(R"(<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>)", width, height,
                       html_escaped(ends_text(row, course.points, words)), Chart(course).spark());
}

} // namespace skurd
