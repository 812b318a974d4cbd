// Two days compared: which numbers read otherwise on the later one, and why.
#include "page/pages.hpp"

#include "api/endpoint.hpp"
#include "base/time_text.hpp"
#include "model/release.hpp"
#include "page/page_parts.hpp"
#include "query/cell_changes.hpp"
#include "query/datasets.hpp"
#include "report/report_text.hpp"
#include "view/value_json.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

constexpr std::size_t changes_max = 300;
constexpr std::size_t too_large_max = 50;
constexpr auto usual_span = std::chrono::days(30);

/// As the page shows it: with the marks of the language.
std::string cell_text(const std::optional<Value>& value, Language language)
{
    return value && value->number ? number_text(*value->number, language) : value_text(value);
}

Json change_line(const PageSources& from, const CellChange& change)
{
    const auto& seen = change.observation;
    const auto language = from.request.language;
    return {{"dataset", seen.dataset},
            {"link", from.request.link("/data", {{"dataset", seen.dataset}})},
            {"series", seen.label.empty() ? codes_text(seen.codes) : seen.label},
            {"period", seen.period.text()},
            {"before", cell_text(change.before, language)},
            {"now", cell_text(change.now, language)},
            {"unit", ReportText(language).unit(seen.unit)},
            {"published", published_day(seen.published_at, seen.confidence)},
            {"why", change_reason(change, *from.reading.catalogue).in(language)}};
}

} // namespace

HtmlPage changes_page(const PageSources& from)
{
    const auto& request = from.request;
    const auto& store = from.reading.store;
    const auto asked_from = request.query("from");
    const auto first = asked_from.empty() ? format_date(request.now - usual_span) : asked_from;
    const auto last = request.query("to").empty() ? format_date(request.now) : request.query("to");
    const auto before = published_by(first);
    const auto now = published_by(last);
    const auto asked = request.query("selector");
    const auto selector = asked.empty() ? std::nullopt : std::optional(Selector::parse(asked));
    Json lines = Json::array();
    Json too_large = Json::array();
    std::size_t all = 0;
    std::size_t read = 0; ///< series
    for (const auto& dataset : datasets_published_between(store, before, now)) {
        const Selector one = selector ? *selector : Selector{dataset, {}};
        if (one.dataset != dataset)
            continue;
        const auto series = series_count(store, one);
        if (read + series > series_max) {
            if (too_large.size() < too_large_max)
                too_large.push_back({{"dataset", dataset}, {"series", series}});
            continue;
        }
        read += series;
        for (const auto& change : cell_changes(store, one, before, now))
            if (++all <= changes_max)
                lines.push_back(change_line(from, change));
    }
    return {"changes",
            request.say("Endringer", "Changes"),
            {{"from", first},
             {"to", last},
             {"selector", asked},
             {"has_lines", !lines.empty()},
             {"lines", std::move(lines)},
             {"all", all},
             {"beyond", cut_json(all, changes_max)},
             {"too_large", std::move(too_large)},
             {"csv", request.api_link("/api/v1/changes",
                                      {{"from", first}, {"to", last}, {"selector", asked}, {"format", "csv"}})}}};
}

} // namespace skurd
