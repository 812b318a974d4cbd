#include "page/series_chart.hpp"

#include "base/html_text.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr int letter_height = 15;

int day_of(const Period& period)
{
    return static_cast<int>(period.first_day().time_since_epoch().count());
}

/// The periods on the axis below, of all series.
std::vector<AxisPeriod> axis_periods(const std::vector<ChartSeries>& series)
{
    std::set<Period> all;
    for (const auto& one : series)
        for (const auto& [period, number] : one.numbers)
            all.insert(period);
    std::vector<AxisPeriod> found;
    for (const auto& period : all)
        found.push_back({day_of(period), period.text()});
    return found;
}

std::string description(const std::vector<ChartSeries>& series, Language language)
{
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < series.size(); ++i) {
        const auto& [name, numbers] = series[i];
        if (!numbers.empty())
            texts.push_back(fmt::format("{}: {}: {} {}, {} {}", chart_letter(i), name, numbers.begin()->first.text(),
                                        number_text(numbers.begin()->second, language),
                                        numbers.rbegin()->first.text(),
                                        number_text(numbers.rbegin()->second, language)));
    }
    return join(texts, "; ");
}

std::string line_of(const ChartAxes& axes, const ChartSeries& series, std::size_t place, Language language)
{
    std::vector<std::string> places;
    std::string dots;
    for (const auto& [period, number] : series.numbers) {
        const auto x = axes.x_of(day_of(period));
        places.push_back(x + "," + axes.y_of(number));
        dots += fmt::format(R"(<circle class="dot" cx="{}" cy="{}" r="3"><title>{}</title></circle>)", x,
                            axes.y_of(number),
                            html_escaped(fmt::format("{} {}: {}", chart_letter(place), period.text(),
                                                     number_text(number, language))));
    }
    return fmt::format(R"(<polyline class="now line-{}" points="{}"/>)", place + 1, join(places, " ")) + dots;
}

/// The letters where the lines end, none upon another.
std::string letters(const ChartAxes& axes, const std::vector<ChartSeries>& series)
{
    std::vector<std::pair<Exact, std::size_t>> ends; // height and place
    for (std::size_t i = 0; i < series.size(); ++i)
        if (!series[i].numbers.empty())
            ends.emplace_back(axes.y_at(series[i].numbers.rbegin()->second) + 5, i);
    std::sort(ends.begin(), ends.end());
    std::string text;
    Exact free_from = -1000;
    for (const auto& [wanted, place] : ends) {
        const auto y = std::max(wanted, free_from);
        free_from = y + letter_height;
        text += fmt::format(R"(<text class="newest" x="{}" y="{}">{}</text>)",
                            ChartAxes::coordinate(axes.x_at(day_of(series[place].numbers.rbegin()->first)) + 10),
                            ChartAxes::coordinate(y), chart_letter(place));
    }
    return text;
}

} // namespace

std::string chart_letter(std::size_t place)
{
    return {static_cast<char>('A' + place)};
}

std::string series_chart(const std::vector<ChartSeries>& stated, Language language, ChartSize size)
{
    auto series = stated;
    for (auto& one : series)
        std::erase_if(one.numbers, [](const auto& entry) { return entry.first.kind() == PeriodKind::other; });
    const auto has_line = [](const ChartSeries& one) { return one.numbers.size() > 1; };
    if (series.size() > chart_series_max || std::none_of(series.begin(), series.end(), has_line))
        return "";
    const auto periods = axis_periods(series);
    ChartAxes axes(size, periods.front().day, periods.back().day);
    for (const auto& one : series)
        for (const auto& [period, number] : one.numbers)
            axes.see(number);
    axes.settle();
    auto text = fmt::format(R"(<svg class="course" viewBox="0 0 {} {}" role="img" aria-label="{}">)", size.width,
                            size.height, html_escaped(description(series, language))) +
                axes.svg([&](const Decimal& number) { return number_text(number, language); }, periods);
    for (std::size_t i = 0; i < series.size(); ++i)
        text += line_of(axes, series[i], i, language);
    return text + letters(axes, series) + "</svg>";
}

} // namespace skurd
