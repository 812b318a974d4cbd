#include "page/indicator_chart.hpp"

#include "base/exact.hpp"
#include "base/html_text.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/rule.hpp"
#include "report/chart_course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr int left = 64;  ///< of it stand the numbers of the axis
constexpr int right = 96; ///< where the newest number stands
constexpr int above = 18;
constexpr int below = 34; ///< where the periods stand
constexpr int ticks_max = 6;
constexpr int label_width = 52; ///< of a period on the axis
constexpr std::size_t earlier_max = 12;
constexpr std::size_t named_max = 3;
constexpr std::size_t dots_max = 40;

using Point = ChartCourse::Point;

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
          kind_(working.definition->kind.value_or(working.indicator->kind)), course_(course_of(working.series.values))
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

    void see(const Decimal& number)
    {
        const auto value = exact(number);
        low_ = is_measured_ ? std::min(low_, value) : value;
        high_ = is_measured_ ? std::max(high_, value) : value;
        is_measured_ = true;
    }

    void measure()
    {
        first_ = course_.points.empty() ? 0 : course_.points.front().day;
        last_ = course_.points.empty() ? 1 : std::max(course_.points.back().day, first_ + 1);
        for (const auto* course : all_courses())
            for (const auto& point : course->points)
                if (point.number && is_within(point))
                    see(*point.number);
        if (band_) {
            see(band_->low);
            see(band_->high);
        }
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
    Whole whole_steps(const Exact& number) const
    {
        const Exact steps = number / step_;
        return numerator(steps) / denominator(steps);
    }

    std::vector<const ChartCourse*> all_courses() const
    {
        std::vector<const ChartCourse*> all = {&course_};
        for (const auto& one : earlier_)
            all.push_back(&one);
        return all;
    }

    bool is_within(const Point& point) const { return point.day >= first_ && point.day <= last_; }

    static std::string coordinate(const Exact& at) { return rounded(at, 1).value_or(Decimal()).normalised().text(); }
    Exact x_at(int day) const
    {
        return left + 10 + Exact(size_.width - left - right - 20) * (day - first_) / (last_ - first_);
    }
    std::string x_of(int day) const { return coordinate(x_at(day)); }
    Exact y_at(const Exact& number) const
    {
        const auto bottom = size_.height - below;
        return bottom - Exact(bottom - above) * (number - low_) / (high_ - low_);
    }
    std::string y_of(const Exact& number) const { return coordinate(y_at(number)); }
    std::string y_of(const Decimal& number) const { return y_of(exact(number)); }

    std::string axis() const
    {
        std::string text;
        for (Exact at = low_; at <= high_; at += step_) {
            const auto number = rounded(at, 6).value_or(Decimal()).normalised();
            text += fmt::format(R"(<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>)", left, size_.width - right,
                                y_of(at), y_of(at));
            text += fmt::format(R"(<text class="axis end" x="{}" y="{}">{}</text>)", left - 8,
                                coordinate(y_at(at) + 4), html_escaped(words_.value(number, kind_)));
        }
        const auto room = static_cast<std::size_t>(std::max((size_.width - left - right) / label_width, 2));
        const auto every = std::max<std::size_t>((course_.points.size() + room - 1) / room, 1);
        for (std::size_t i = course_.points.size(); i-- > 0;)
            if ((course_.points.size() - 1 - i) % every == 0)
                text +=
                    fmt::format(R"(<text class="axis middle" x="{}" y="{}">{}</text>)", x_of(course_.points[i].day),
                                size_.height - 10, html_escaped(course_.points[i].period.text()));
        return text + source_ticks();
    }

    /// A tick where the numbers go on from another source.
    std::string source_ticks() const
    {
        std::string text;
        const IndicatorValue* before = nullptr;
        for (const auto& point : course_.points) {
            const auto& value = working_.series.values.at(point.period);
            if (before && point.number && value.source != before->source)
                text += fmt::format(
                    R"(<line class="tick" x1="{0}" x2="{0}" y1="{1}" y2="{2}"><title>{3}</title></line>)",
                    x_of(point.day), size_.height - below, size_.height - below + 8, html_escaped(value.source));
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
        const auto x = x_at(static_cast<int>(from.first_day().time_since_epoch().count()));
        const auto top = y_at(exact(band_->high));
        const auto height = std::max(y_at(exact(band_->low)) - top, Exact(1));
        return fmt::format(R"(<rect class="band" x="{}" y="{}" width="{}" height="{}"/>)", coordinate(x),
                           coordinate(top), coordinate(std::max<Exact>(size_.width - right - x, 0)),
                           coordinate(height));
    }

    std::string line_of(const ChartCourse& course, const char* style) const
    {
        std::string text;
        for (const auto& line : course.lines) {
            std::vector<std::string> places;
            for (const auto at : line)
                if (is_within(course.points[at]))
                    places.push_back(x_of(course.points[at].day) + "," + y_of(*course.points[at].number));
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
            const auto x = x_of((course_.points[at - 1].day + course_.points[at].day) / 2);
            text += fmt::format(R"(<line class="break" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>)", x, above,
                                size_.height - below);
            text += fmt::format(R"(<text class="axis middle" x="{}" y="{}">{}</text>)", x, above - 5,
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
                                    point.is_provisional ? "provisional" : "dot", x_of(point.day),
                                    y_of(*point.number), html_escaped(point_text(point)));
        }
        if (newest)
            text += fmt::format(R"(<text class="newest" x="{}" y="{}">{}</text>)", coordinate(x_at(newest->day) + 10),
                                coordinate(y_at(exact(*newest->number)) + 5),
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
            if (day < first_ || day > last_)
                continue;
            const auto y = y_at(exact(figure.number));
            text += fmt::format(R"(<circle class="was" cx="{}" cy="{}" r="4"/>)", x_of(day), coordinate(y));
            if (figures.size() <= named_max)
                text += fmt::format(R"(<text class="axis {}" x="{}" y="{}">{}</text>)",
                                    x_at(day) > size_.width / 2 ? "end" : "start",
                                    coordinate(x_at(day) + (x_at(day) > size_.width / 2 ? -8 : 8)),
                                    coordinate(y + (is_below(figure) ? 20 : -10)), html_escaped(until(figure)));
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
    std::vector<ChartCourse> earlier_; ///< newest first
    std::optional<UnchangedBand> band_;
    int first_ = 0;
    int last_ = 1;
    bool is_measured_ = false;
    Exact low_ = 0;
    Exact high_ = 0;
    Exact step_ = 1;
};

} // namespace

std::string indicator_chart(const IndicatorWorking& working, const std::vector<ValuesFrom>& publications,
                            const ReportText& words, ChartSize size)
{
    const IndicatorChart chart(working, publications, words, size);
    return chart.numbers() < 2 ? "" : chart.svg();
}

} // namespace skurd
