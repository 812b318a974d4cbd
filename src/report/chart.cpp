#include "report/chart.hpp"

#include "base/exact.hpp"
#include "base/html_text.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr int width = 132;
constexpr int height = 40;
constexpr int margin = 5;

struct Point {
    Period period;
    std::optional<Decimal> number; ///< nothing = the period lacks a value
    int definition = 0;
};

std::vector<Point> points_of(const StatusReport::Row& row)
{
    std::vector<Point> points;
    for (const auto& [period, value] : row.course)
        if (period.kind() != PeriodKind::other)
            points.push_back({period, value.value.number, value.definition});
    return points;
}

int day_of(const Period& period)
{
    return static_cast<int>(period.first_day().time_since_epoch().count());
}

/// With one decimal. Fractions, not floating point: the same picture everywhere.
std::string coordinate(const Exact& at)
{
    return rounded(at, 1).value_or(Decimal()).text();
}

class Chart {
public:
    Chart(const StatusReport::Row& row, std::vector<Point> points)
        : row_(row), points_(std::move(points)), first_(day_of(points_.front().period)),
          last_(std::max(day_of(points_.back().period), first_ + 1)), step_(usual_step())
    {
        bool any = false;
        for (const auto& point : points_)
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
        for (const auto& day : break_days())
            text += fmt::format(R"(<line class="break" x1="{0}" x2="{0}" y1="1" y2="{1}"/>)", x_of(day), height - 1);
        for (const auto& line : lines())
            if (line.size() > 1)
                text += fmt::format(R"(<polyline points="{}"/>)", join(line, " "));
        for (const auto& point : points_)
            if (point.number) {
                const bool last = point.period == newest_;
                text += fmt::format(R"(<circle{} cx="{}" cy="{}" r="{}"/>)", last ? R"( class="last")" : "",
                                    x_of(day_of(point.period)), y_of(*point.number), last ? "3" : "1.8");
            }
        return text;
    }

    bool has_breaks() const { return !break_days().empty(); }

private:
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

    /// The shortest time between two periods with a number: a longer one is a gap, but not in a series that comes
    /// every second year.
    int usual_step() const
    {
        int step = last_ - first_;
        const Point* before = nullptr;
        for (const auto& point : points_) {
            if (!point.number)
                continue;
            if (before)
                step = std::min(step, day_of(point.period) - day_of(before->period));
            before = &point;
        }
        return step;
    }

    bool is_break(const Period& before, const Period& after) const
    {
        for (const auto* breaks : {&row_.definition->breaks, &row_.breaks})
            for (const auto& each : *breaks)
                if (!each.comparable && before < each.first_after && each.first_after <= after)
                    return true;
        return false;
    }

    bool is_incomparable_change(const Point& before, const Point& after) const
    {
        for (int id = before.definition + 1; id <= after.definition; ++id)
            for (const auto& definition : row_.indicator->definitions)
                if (definition.id == id && !definition.comparable_with_previous)
                    return true;
        return false;
    }

    bool parts(const Point& before, const Point& after) const
    {
        return is_break(before.period, after.period) || is_incomparable_change(before, after);
    }

    /// Half-way between the periods that do not compare.
    std::vector<int> break_days() const
    {
        std::vector<int> days;
        for (std::size_t i = 1; i < points_.size(); ++i)
            if (parts(points_[i - 1], points_[i]))
                days.push_back((day_of(points_[i - 1].period) + day_of(points_[i].period)) / 2);
        return days;
    }

    std::vector<std::vector<std::string>> lines() const
    {
        std::vector<std::vector<std::string>> lines(1);
        const Point* before = nullptr;
        for (const auto& point : points_) {
            // A leap day or a short month is no gap.
            const bool gap = before && 2 * (day_of(point.period) - day_of(before->period)) > 3 * step_;
            if (!point.number || gap || (before && parts(*before, point)))
                lines.emplace_back();
            before = &point;
            if (point.number)
                lines.back().push_back(x_of(day_of(point.period)) + "," + y_of(*point.number));
        }
        return lines;
    }

    const StatusReport::Row& row_;
    std::vector<Point> points_;
    Period newest_; ///< with a number
    int first_ = 0;
    int last_ = 1;
    int step_ = 1;
    Exact low_ = 0;
    Exact high_ = 0;
};

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

/// The first and the last number, with their periods: what the line goes from and to.
std::string ends(const PageRow& row, const std::vector<Point>& points, const ReportText& words)
{
    const auto has_number = [](const Point& point) { return point.number.has_value(); };
    const auto first = std::find_if(points.begin(), points.end(), has_number);
    const auto last = std::find_if(points.rbegin(), points.rend(), has_number);
    const auto text = [&](const Point& point) {
        return html_escaped(point.period.text() + ": " + words.value(*point.number, row.row->kind()));
    };
    return fmt::format(R"(<span class="ends" aria-hidden="true"><span>{}</span><span>{}</span></span>)", text(*first),
                       text(*last));
}

} // namespace

std::string course_chart(const PageRow& row, const ReportText& words)
{
    const auto points = points_of(*row.row);
    if (std::count_if(points.begin(), points.end(), [](const auto& p) { return p.number.has_value(); }) < 2)
        return "";
    const Chart chart(*row.row, points);
    const auto title = fmt::format("{} {}–{}", row.label, points.front().period.text(), points.back().period.text());
    const auto id = "c" + row.row->number_text();
    return fmt::format("<svg class=\"chart\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}-t {}-d\">"
                       "<title id=\"{}-t\">{}</title><desc id=\"{}-d\">{}</desc>{}</svg>{}",
                       width, height, id, id, id, html_escaped(title), id,
                       html_escaped(description(row, points, chart.has_breaks(), words)), chart.drawing(),
                       ends(row, points, words));
}

} // namespace skurd
