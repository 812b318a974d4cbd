// The overview: a set's report as a page, with what is the matter above it.
#include "page/pages.hpp"

#include "base/text.hpp"
#include "page/page_parts.hpp"
#include "query/catalogue.hpp"
#include "query/datasets.hpp"
#include "query/reports.hpp"
#include "report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t differences_max = 12;
constexpr std::size_t releases_max = 6;
constexpr std::size_t findings_max = 8;

/// Which change column a table shows: the newest of one period against the one before.
std::optional<std::size_t> shown_column(const StatusReport& report)
{
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < report.columns.size(); ++i)
        if (!found || report.columns[i].comparison == Comparison::previous)
            found = i;
    return found;
}

std::string link_of(const PageSources& from, int indicator)
{
    return from.reading.catalogue->find(indicator) ? indicator_link(from.request, indicator) : "";
}

Json row_json(const PageSources& from, const PageRow& row, const ReportText& words, std::optional<std::size_t> column)
{
    Json values = Json::array();
    for (const auto& value : row.values)
        values.push_back({{"text", value.text}});
    Json json = {{"number", row.row->number_text()},
                 {"label", row.label},
                 {"link", link_of(from, row.row->indicator->number)},
                 {"unit", row.row->kind() == IndicatorKind::share ? "" : row.unit},
                 {"values", std::move(values)},
                 {"measured", row.measured},
                 {"spark", sparkline(row, words)},
                 {"change", nullptr}};
    if (column) {
        const auto& change = row.changes.at(*column);
        json["change"] = {{"text", change.text},
                          {"class", outcome_class(change.verdict->outcome)},
                          {"sign", std::string(change.style.sign)},
                          {"word", std::string(change.style.word(from.request.language))}};
    }
    return json;
}

Json tables_json(const PageSources& from, const Page& page, std::optional<std::size_t> column)
{
    Json tables = Json::array();
    for (std::size_t i = 0; i < page.tables.size(); ++i) {
        const auto& table = page.tables[i];
        Json rows = Json::array();
        for (const auto& row : table.rows)
            rows.push_back(row_json(from, row, page.words, column));
        Json headings = Json::array();
        for (const auto& heading : page.values)
            headings.push_back({{"heading", heading}});
        tables.push_back({{"anchor", fmt::format("part-{}", i + 1)},
                          {"part", table.part},
                          {"headings", std::move(headings)},
                          {"shows_newest", page.shows_newest},
                          {"change_heading", column ? page.changes.at(*column) : ""},
                          {"rows", std::move(rows)}});
    }
    return tables;
}

/// The two that are grey in a table are told apart where they are counted.
std::string tile_word(const PageRequest& request, Outcome outcome)
{
    if (outcome == Outcome::no_data)
        return request.say("ingen data", "no data");
    if (outcome == Outcome::not_comparable)
        return request.say("ikke sammenlignbar", "not comparable");
    return std::string(outcome_style(outcome, Direction::up).word(request.language));
}

/// How many had each outcome, as the report counts them.
Json tiles_json(const PageSources& from, const StatusReport& report, std::optional<std::size_t> column)
{
    Json tiles = Json::array();
    if (!column)
        return tiles;
    const auto& counts = report.roll_ups.at(*column).counts;
    constexpr std::size_t always_shown = 3;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto outcome = static_cast<Outcome>(i);
        if (counts[i] == 0 && i >= always_shown)
            continue;
        const auto style = outcome_style(outcome, Direction::up);
        tiles.push_back({{"count", counts[i]},
                         {"class", outcome_class(outcome)},
                         {"sign", std::string(style.sign)},
                         {"word", tile_word(from.request, outcome)}});
    }
    return tiles;
}

Json differences_json(const PageSources& from, const Page& page)
{
    Json lines = Json::array();
    std::size_t all = 0;
    for (const auto& group : page.differences)
        for (const auto& line : group.lines)
            if (++all <= differences_max)
                lines.push_back({{"number", line.number},
                                 {"label", line.label},
                                 {"link", link_of(from, line.difference->indicator)},
                                 {"heading", group.heading},
                                 {"text", line.text}});
    if (page.differences_heading.empty())
        return nullptr;
    return {{"heading", page.differences_heading},
            {"nothing", all == 0},
            {"lines", std::move(lines)},
            {"beyond", cut_json(all, differences_max)}};
}

Json releases_json(const PageSources& from)
{
    Json lines = Json::array();
    for (const auto& vintage : newest_vintages(from.reading.store)) {
        if (lines.size() == releases_max)
            break;
        lines.push_back(vintage_line(from.request, vintage));
    }
    return lines;
}

/// What is not well, the most urgent first; flags that wait are told by the menu.
Json findings_json(const Status& status)
{
    Json lines = Json::array();
    std::size_t all = 0;
    for (const auto& finding : status.findings)
        if (finding.is_fault() && ++all <= findings_max)
            lines.push_back({{"text", finding.sentence()}});
    return {{"lines", std::move(lines)}, {"all_well", all == 0}, {"beyond", cut_json(all, findings_max)}};
}

/// The job whose run or release comes first.
std::string next_text(const PageSources& from, const Status& status)
{
    const JobStatus* next = nullptr;
    for (const auto& job : status.jobs)
        if (job.enabled && job.next_run && (!next || *job.next_run < *next->next_run))
            next = &job;
    return next ? fmt::format("{} {} {}", from.request.say("neste:", "next:"), next->job, moment(*next->next_run))
                : "";
}

Json sets_json(const PageSources& from, int chosen)
{
    Json sets = Json::array();
    for (const auto& set : from.reading.catalogue->sets)
        if (set.figures == SetFigures::known)
            sets.push_back({{"number", set.number},
                            {"set_title", set.title.in(from.request.language)},
                            {"is_chosen", set.number == chosen}});
    return sets;
}

Json report_json(const PageSources& from, const StatusReport& report)
{
    const auto page = make_printable_page(report, *from.reading.catalogue, from.request.language);
    const auto column = shown_column(report);
    const auto report_link = [&](const char* format) {
        return from.request.api_link("/api/v1/reports", {{"set", std::to_string(report.set->number)},
                                                         {"format", format},
                                                         {"lang", std::string(to_string(from.request.language))}});
    };
    Json preface = Json::array();
    for (const auto& line : page.preface_below_state())
        preface.push_back({{"text", line}});
    return {{"heading", page.title},
            {"state", page.state},
            {"preface", std::move(preface)},
            {"indicators", report.rows.size()},
            {"tiles", tiles_json(from, report, column)},
            {"differences", differences_json(from, page)},
            {"tables", tables_json(from, page, column)},
            {"html", report_link("html")},
            {"csv", report_link("csv")},
            {"xlsx", report_link("xlsx")},
            {"json", report_link("json")}};
}

/// The set's newest report on the day; null where it has no numbers.
Json set_json(const PageSources& from, int set)
{
    const auto& store = from.reading.store;
    const auto& catalogue = *from.reading.catalogue;
    const auto period = newest_period(store, catalogue, set, from.request.as_of);
    if (!period)
        return nullptr;
    const ReportQuestion question{.set = set, .period = std::max(*period, find_set(catalogue, set).baseline)};
    return report_json(from, status_report(store, catalogue, question, from.request.as_of, Numbers::published,
                                           from.host.attributions()));
}

} // namespace

HtmlPage overview_page(const PageSources& from)
{
    const auto& store = from.reading.store;
    const auto& catalogue = *from.reading.catalogue;
    const auto& request = from.request;
    const auto asked = request.query("set");
    const auto set = asked.empty() ? newest_set(store, catalogue, request.as_of)
                                   : find_set(catalogue, static_cast<int>(positive_number(asked).value_or(0))).number;
    const auto key = fmt::format("overview {} {} {} {}", set, request.chosen_day, to_string(request.language),
                                 request.chosen_language);
    const auto report = from.reading.remembered->of(key, [&] { return set_json(from, set); });
    const auto status = from.view.status();
    return {"overview",
            request.say("Oversikt", "Overview"),
            {{"report", *report},
             {"sets", sets_json(from, set)},
             {"releases", releases_json(from)},
             {"findings", findings_json(status)},
             {"next", next_text(from, status)},
             {"sources_link", request.link("/sources")},
             {"changes_link", request.link("/changes")}}};
}

} // namespace skurd
