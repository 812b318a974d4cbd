#include "indicator/revision_profile.hpp"

#include "base/exact.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace skurd {

namespace {

/// A figure in the making.
struct Open {
    Figure figure;
    IndicatorValue last;
};

bool is_share(const std::string& unit)
{
    static constexpr std::string_view shares[] = {"%", "percent", "per cent", "prosent", "percent shares", "pst."};
    return std::find(std::begin(shares), std::end(shares), to_lower(trim(unit))) != std::end(shares);
}

/// The number stood at that release.
void add(Figure& figure, Time published, const Decimal& number)
{
    if (figure.versions.empty() || figure.versions.back().number != number)
        figure.versions.push_back({published, number});
    figure.last_stood = published;
}

std::string series_id(const Observation& observation)
{
    Selector selector{observation.dataset, {}};
    for (const auto& [dimension, code] : observation.codes)
        selector.codes.push_back({dimension, {code}});
    return selector.text();
}

/// The last number less the first, in the figure's unit; nothing where the first is zero and percent are meant.
std::optional<Exact> revision_of(const Figure& figure)
{
    const auto first = exact(figure.versions.front().number);
    const Exact moved = exact(figure.versions.back().number) - first;
    if (figure.unit == RevisionUnit::points)
        return moved;
    if (figure.versions.size() == 1)
        return Exact(0);
    return first == 0 ? std::nullopt : std::optional<Exact>(moved * 100 / abs(first));
}

int days_to_last(const Figure& figure)
{
    const auto taken = figure.versions.back().published - figure.versions.front().published;
    return static_cast<int>(std::chrono::floor<std::chrono::days>(taken).count());
}

} // namespace

RevisionHistory revision_history(const Catalogue& catalogue, const Indicator& indicator,
                                 const std::vector<ValuesFrom>& releases, Time last_release)
{
    std::map<Period, std::vector<Open>> open;
    for (const auto& release : releases)
        for (const auto& [period, value] : release.values) {
            if (!value.value.number)
                continue;
            auto& figures = open[period];
            const bool compares =
                !figures.empty() &&
                comparability(&catalogue, indicator, period, figures.back().last, period, value).bar.en.empty();
            if (!compares) {
                const bool share = kind_in_definition(indicator, value.definition) == IndicatorKind::share;
                figures.push_back({{period, share ? RevisionUnit::points : RevisionUnit::percent, {}, {}}, {}});
            }
            add(figures.back().figure, release.published, *value.value.number);
            if (&release == &releases.back())
                figures.back().figure.last_stood = std::max(last_release, release.published);
            figures.back().last = value;
        }
    RevisionHistory history{std::to_string(indicator.number), {}};
    for (auto& [period, figures] : open)
        for (auto& one : figures)
            history.figures.push_back(std::move(one.figure));
    return history;
}

std::vector<RevisionHistory> revision_histories(const std::vector<Observation>& history,
                                                const std::map<std::string, Time>& last_release)
{
    std::vector<RevisionHistory> histories;
    std::int64_t series = 0;
    for (const auto& version : history) {
        if (histories.empty() || version.series != series)
            histories.push_back({series_id(version), {}});
        series = version.series;
        auto& figures = histories.back().figures;
        const bool known = !figures.empty() && figures.back().period == version.period;
        if (!version.value.number) {
            if (known) // it stood until then
                figures.back().last_stood = version.published_at;
            continue;
        }
        if (!known)
            figures.push_back(
                {version.period, is_share(version.unit) ? RevisionUnit::points : RevisionUnit::percent, {}, {}});
        add(figures.back(), version.published_at, *version.value.number);
        if (const auto last = last_release.find(version.dataset); last != last_release.end())
            figures.back().last_stood = std::max(last->second, version.published_at);
    }
    return histories;
}

RevisionProfile revision_profile(const std::vector<Figure>& figures)
{
    RevisionProfile profile;
    profile.figures = figures.size();
    Exact sum = 0;
    Exact absolute = 0;
    std::size_t counted = 0;
    std::vector<int> days;
    for (const auto& figure : figures) {
        if (figure.last_stood <= figure.versions.front().published)
            continue;
        ++profile.followed;
        const auto& first = figure.versions.front().number;
        const auto& last = figure.versions.back().number;
        profile.up += last > first ? 1 : 0;
        profile.down += last < first ? 1 : 0;
        if (figure.versions.size() > 1) {
            ++profile.revised;
            days.push_back(days_to_last(figure));
        }
        if (const auto revision = revision_of(figure)) {
            sum += *revision;
            absolute += abs(*revision);
            ++counted;
        } else {
            ++profile.uncounted;
        }
    }
    if (counted > 0) {
        profile.mean = rounded(sum / counted, 2);
        profile.mean_absolute = rounded(absolute / counted, 2);
    }
    std::sort(days.begin(), days.end());
    if (!days.empty()) {
        profile.days_median = (days[(days.size() - 1) / 2] + days[days.size() / 2]) / 2;
        profile.days_most = days.back();
    }
    return profile;
}

std::vector<const Figure*> newest_figures(const RevisionHistory& history)
{
    std::vector<const Figure*> newest;
    for (const auto& figure : history.figures) {
        if (!newest.empty() && newest.back()->period == figure.period)
            newest.pop_back();
        newest.push_back(&figure);
    }
    return newest;
}

void write_tidy_header(CsvWriter& out)
{
    for (const auto* name : {"id", "period", "published", "value"})
        out.add(name);
    out.end_row();
}

std::size_t write_tidy_rows(const RevisionHistory& history, CsvWriter& out)
{
    std::size_t rows = 0;
    for (const auto* figure : newest_figures(history))
        for (const auto& version : figure->versions) {
            ++rows;
            out.add(history.id);
            out.add(figure->period.text());
            out.add(format_time(version.published));
            out.add_number(version.number);
            out.end_row();
        }
    return rows;
}

} // namespace skurd
