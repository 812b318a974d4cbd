#include "api/endpoint.hpp"

#include "query/catalogue.hpp"
#include "query/reports.hpp"
#include "query/target.hpp"
#include "query/working.hpp"
#include "report/report.hpp"
#include "view/indicator_json.hpp"
#include "view/value_json.hpp"
#include "view/verdict_json.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

constexpr std::int64_t set_max = 1'000'000;

const Indicator& indicator_of(const ApiQuestion& question)
{
    return found_by([&]() -> const Indicator& { return find_indicator(*question.reading.catalogue, question.id); });
}

HttpResponse list_indicators(const ApiQuestion& question, const QueryReader&)
{
    return api_json(question, {}, "indicators", json_list(catalogue_entries(*question.reading.catalogue)));
}

HttpResponse show_indicator(const ApiQuestion& question, const QueryReader&)
{
    return api_json(question, {}, "indicator", indicator_json(*question.reading.catalogue, indicator_of(question)));
}

IndicatorWorking working_of(const ApiQuestion& question, const QueryReader& query, EarlierVerdicts earlier)
{
    return indicator_working(question.reading.store, *question.reading.catalogue, indicator_of(question),
                             query.as_of(), numbers_of(query), earlier);
}

HttpResponse show_working(const ApiQuestion& question, const QueryReader& query)
{
    return api_json(question, query.as_of(), "working", to_json(working_of(question, query, EarlierVerdicts::made)));
}

HttpResponse list_verdicts(const ApiQuestion& question, const QueryReader& query)
{
    return api_json(question, query.as_of(), "verdicts",
                    json_list(working_of(question, query, EarlierVerdicts::left_out).verdicts));
}

std::string_view type_of(std::string_view format)
{
    if (format == "json")
        return "application/json";
    if (format == "csv")
        return "text/csv; charset=utf-8";
    if (format == "xlsx")
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    return format == "html" ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
}

std::vector<std::string> format_names()
{
    std::vector<std::string> names = {"json"};
    for (const auto& format : report_formats())
        if (format.name != "json")
            names.emplace_back(format.name);
    return names;
}

HttpResponse get_report(const ApiQuestion& question, const QueryReader& query)
{
    const auto& store = question.reading.store;
    const auto& catalogue = *question.reading.catalogue;
    const auto as_of = query.as_of();
    const auto set = query.text("set").empty() ? newest_set(store, catalogue, as_of)
                                               : static_cast<int>(query.number("set", 1, set_max));
    auto period = query.period("period");
    if (!period)
        period = newest_period(store, catalogue, set, as_of);
    if (!period)
        throw usage_error("set {} has no values on that day", set);
    const auto report = status_report(store, catalogue, {.set = set, .period = *period}, as_of, numbers_of(query),
                                      question.host.attributions());
    const auto name = query.choice("format", format_names());
    const auto& format = *find_report_format(name);
    Rendering rendering{report, catalogue, query.word<Language>("lang").value_or(Language::nb)};
    rendering.dialect = query.word<CsvDialect>("dialect").value_or(CsvDialect::rfc4180);
    return api_file(format.render(rendering), type_of(name), file_name(fmt::format("report-{}", set), name));
}

} // namespace

const std::vector<Endpoint>& indicator_endpoints()
{
    static const std::vector<Endpoint> all = {
        {"/api/v1/indicators", {}, &list_indicators, "The catalogue of indicators"},
        {"/api/v1/indicators/{id}", {}, &show_indicator, "The definitions and sets of an indicator"},
        {"/api/v1/indicators/{id}/working",
         {"as_of", "known_at", "numbers"},
         &show_working,
         "How an indicator comes to its values and verdicts"},
        {"/api/v1/indicators/{id}/verdicts",
         {"as_of", "known_at", "numbers"},
         &list_verdicts,
         "The verdicts of an indicator"},
        {"/api/v1/reports",
         {"set", "period", "as_of", "known_at", "numbers", "format", "dialect", "lang"},
         &get_report,
         "A report of a set of indicators"},
    };
    return all;
}

} // namespace skurd
