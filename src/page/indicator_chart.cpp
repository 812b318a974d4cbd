#include "page/indicator_chart.hpp"

#include "base/html_text.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/rule.hpp"
#include "report/chart_course.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t earlier_max = 12;
constexpr std::size_t named_max = 3;
constexpr std::size_t dots_max = 40;

using Point = ChartCourse::Point;

/// Earlier values that say another number than now of a period; the newest first.
std::vector<const ValuesFrom*> differing(const std::vector<ValuesFrom>& publications, const IndicatorValues& now)
{
    std::vector<const ValuesFrom*> found;
    for (auto then = publications.rbegin(); then != publications.rend() && found.size() < earlier_max; ++then)
        if (std::any_of(then->values.begin(), then->values.end(), [&](const auto& was) {
                const auto today = now.find(was.first);
                return was.second.value.number &&
                       (today == now.end() || today->second.value.number != was.second.value.number);
            }))
            found.push_back(&*then);
    return found;
}

class IndicatorChart {
public:
    IndicatorChart(const IndicatorWorking& working, const std::vector<ValuesFrom>& publications,
                   const ReportText& words, ChartSize size)
        : working_(working), words_(words), size_(size),
          kind_(working.definition->kind.value_or(working.indicator->kind)),
          course_(course_of(working.series.values)),
          axes_(size, course_.points.empty() ? 0 : course_.points.front().day,
                course_.points.empty() ? 1 : course_.points.back().day)
    {
        for (const auto* then : differing(publications, working.series.values))
            earlier_.push_back(course_of(then->values));
        const auto baseline = working.series.values.find(working.indicator->baseline_in(*working.definition));
        if (working.definition->judged_on == JudgedOn::change && baseline != working.series.values.end() &&
            baseline->second.value.number)
            band_ = unchanged_band(kind_, *baseline->second.value.number,
                                   working.indicator->thresholds.value_or(default_thresholds));
        measure();
    }

    std::size_t numbers() const { return course_.numbers(); }

    std::string svg() const
    {
        return fmt::format(R"(<svg class="course" viewBox="0 0 {} {}" role="img" aria-label="{}">)", size_.width,
                           size_.height, html_escaped(description())) +
               axis() + band() + earlier_lines() + breaks() + line_of(course_, "now") + dots() + named() + "</svg>";
    }

private:
    ChartCourse course_of(const IndicatorValues& values) const
    {
        return chart_course(values, *working_.indicator, *working_.definition, working_.series.breaks);
    }

    void measure()
    {
        for (const auto* course : all_courses())
            for (const auto& point : course->points)
                if (point.number && axes_.is_within(point.day))
                    axes_.see(*point.number);
        if (band_) {
            axes_.see(band_->low);
            axes_.see(band_->high);
        }
        axes_.settle();
    }

    std::vector<const ChartCourse*> all_courses() const
    {
        std::vector<const ChartCourse*> all = {&course_};
        for (const auto& one : earlier_)
            all.push_back(&one);
        return all;
    }

    std::string axis() const
    {
        std::vector<AxisPeriod> periods;
        for (const auto& point : course_.points)
            periods.push_back({point.day, point.period.text()});
        return axes_.svg([&](const Decimal& number) { return words_.value(number, kind_); }, periods) +
               source_ticks();
    }

    /// A tick where the numbers go on from another source.
    std::string source_ticks() const
    {
        std::string text;
        const IndicatorValue* before = nullptr;
        for (const auto& point : course_.points) {
            const auto& value = working_.series.values.at(point.period);
            if (before && point.number && value.source != before->source)
                text +=
                    fmt::format(R"(<line class="tick" x1="{0}" x2="{0}" y1="{1}" y2="{2}"><title>{3}</title></line>)",
                                axes_.x_of(point.day), size_.height - ChartAxes::below,
                                size_.height - ChartAxes::below + 8, html_escaped(value.source));
            if (point.number)
                before = &value;
        }
        return text;
    }

    std::string band() const
    {
        if (!band_)
            return "";
        const auto from = working_.indicator->baseline_in(*working_.definition);
        const auto x = axes_.x_at(static_cast<int>(from.first_day().time_since_epoch().count()));
        const auto top = axes_.y_at(band_->high);
        const auto height = std::max(axes_.y_at(band_->low) - top, Exact(1));
        return fmt::format(R"(<rect class="band" x="{}" y="{}" width="{}" height="{}"/>)", axes_.coordinate(x),
                           axes_.coordinate(top),
                           axes_.coordinate(std::max<Exact>(size_.width - ChartAxes::right - x, 0)),
                           axes_.coordinate(height));
    }

    std::string line_of(const ChartCourse& course, const char* style) const
    {
        std::string text;
        for (const auto& line : course.lines) {
            std::vector<std::string> places;
            for (const auto at : line)
                if (axes_.is_within(course.points[at].day))
                    places.push_back(axes_.x_of(course.points[at].day) + "," + axes_.y_of(*course.points[at].number));
            if (places.size() > 1)
                text += fmt::format(R"(<polyline class="{}" points="{}"/>)", style, join(places, " "));
        }
        return text;
    }

    std::string earlier_lines() const
    {
        std::string text;
        for (auto one = earlier_.rbegin(); one != earlier_.rend(); ++one)
            text += line_of(*one, "was");
        return text;
    }

    std::string breaks() const
    {
        std::string text;
        for (const auto at : course_.breaks) {
            const auto x = axes_.x_of((course_.points[at - 1].day + course_.points[at].day) / 2);
            text += fmt::format(R"(<line class="break" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>)", x, ChartAxes::above,
                                size_.height - ChartAxes::below);
            text += fmt::format(R"(<text class="axis middle" x="{}" y="{}">{}</text>)", x, ChartAxes::above - 5,
                                words_.say("brudd", "break"));
        }
        return text;
    }

    std::string dots() const
    {
        std::string text;
        const Point* newest = nullptr;
        for (const auto& point : course_.points) {
            if (!point.number)
                continue;
            newest = &point;
            if (course_.numbers() <= dots_max || point.is_provisional)
                text += fmt::format(R"(<circle class="{}" cx="{}" cy="{}" r="4"><title>{}</title></circle>)",
                                    point.is_provisional ? "provisional" : "dot", axes_.x_of(point.day),
                                    axes_.y_of(*point.number), html_escaped(point_text(point)));
        }
        if (newest)
            text += fmt::format(R"(<text class="newest" x="{}" y="{}">{}</text>)",
                                axes_.coordinate(axes_.x_at(newest->day) + 10),
                                axes_.coordinate(axes_.y_at(*newest->number) + 5),
                                html_escaped(words_.value(*newest->number, kind_)));
        return text;
    }

    /// Earlier numbers by name, where there is room: what they were, and until when.
    std::string named() const
    {
        std::string text;
        const auto& figures = working_.earlier_figures;
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const auto& figure = figures[i];
            const auto day = static_cast<int>(figure.period.first_day().time_since_epoch().count());
            if (!axes_.is_within(day))
                continue;
            const auto y = axes_.y_at(figure.number);
            text +=
                fmt::format(R"(<circle class="was" cx="{}" cy="{}" r="4"/>)", axes_.x_of(day), axes_.coordinate(y));
            if (figures.size() <= named_max)
                text += fmt::format(R"(<text class="axis {}" x="{}" y="{}">{}</text>)",
                                    axes_.x_at(day) > size_.width / 2 ? "end" : "start",
                                    axes_.coordinate(axes_.x_at(day) + (axes_.x_at(day) > size_.width / 2 ? -8 : 8)),
                                    axes_.coordinate(y + (is_below(figure) ? 20 : -10)), html_escaped(until(figure)));
        }
        return text;
    }

    /// Whether it lies below the line that goes through its period now.
    bool is_below(const EarlierFigure& figure) const { return !figure.then || figure.number < *figure.then; }

    std::string until(const EarlierFigure& figure) const
    {
        return fmt::format("{} {} {}", words_.value(figure.number, kind_), words_.say("til", "until"),
                           format_date(figure.until));
    }

    std::string point_text(const Point& point) const
    {
        return point.period.text() + ": " + words_.value(*point.number, kind_) +
               (point.is_provisional ? words_.say(" (foreløpig)", " (provisional)") : "");
    }

    std::string description() const
    {
        std::vector<std::string> texts;
        for (const auto& point : course_.points)
            if (point.number)
                texts.push_back(point_text(point));
        auto text = join(texts, "; ");
        for (const auto& figure : working_.earlier_figures)
            text += fmt::format("; {}: {}", figure.period.text(), until(figure));
        if (!course_.breaks.empty())
            text += words_.say("; stiplet strek: brudd i serien", "; dashed line: a break in the series");
        return text;
    }

    const IndicatorWorking& working_;
    const ReportText& words_;
    ChartSize size_;
    IndicatorKind kind_;
    ChartCourse course_;
    ChartAxes axes_;
    std::vector<ChartCourse> earlier_; ///< newest first
    std::optional<UnchangedBand> band_;
};

} // namespace

std::string indicator_chart(const IndicatorWorking& working, const std::vector<ValuesFrom>& publications,
                            const ReportText& words, ChartSize size)
{
    const IndicatorChart chart(working, publications, words, size);
    return chart.numbers() < 2 ? "" : chart.svg();
}

} // namespace skurd
