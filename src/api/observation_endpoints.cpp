#include "api/endpoint.hpp"

#include "base/time_text.hpp"
#include "query/cell_changes.hpp"
#include "query/datasets.hpp"
#include "query/indicators.hpp"
#include "query/observations.hpp"
#include "report/jsonstat.hpp"
#include "report/observation_csv.hpp"
#include "view/dataset_json.hpp"
#include "view/observation_json.hpp"

#include <algorithm>

namespace skurd {

namespace {

CsvDialect dialect_of(const QueryReader& query)
{
    return query.word<CsvDialect>("dialect").value_or(CsvDialect::rfc4180);
}

HttpResponse list_datasets(const ApiQuestion& question, const QueryReader& query)
{
    const auto found = datasets(question.reading.store, query.text("search"));
    const auto attributions = question.host.attributions();
    if (query.choice("format", {"json", "csv"}) == "json") {
        Json list = Json::array();
        for (const auto& dataset : found)
            list.push_back(dataset_json(dataset, attributions.of(dataset.dataset)));
        return api_json(question, {}, "datasets", std::move(list));
    }
    CsvWriter csv(dialect_of(query));
    for (const auto* name :
         {"dataset", "label", "vintages", "published", "observed", "last_confirmed", "source", "licence"})
        csv.add(name);
    csv.end_row();
    for (const auto& dataset : found) {
        const auto attribution = attributions.of(dataset.dataset);
        csv.add(dataset.dataset);
        csv.add(dataset.label);
        csv.add(std::to_string(dataset.vintages));
        for (const auto& at : {dataset.published_at, dataset.observed_at, dataset.last_confirmed_at})
            csv.add(format_time(at));
        csv.add(source_text(attribution, Language::en));
        csv.add(licence_text(attribution, Language::en));
        csv.end_row();
    }
    return api_csv(csv.take(), "skurd-datasets.csv");
}

/// What the parameter `selector` says, if it can be read in one answer.
Target wanted_target(const ApiQuestion& question, const QueryReader& query)
{
    auto target = read_target(query.required("selector"), *question.reading.catalogue);
    if (const auto* selector = std::get_if<Selector>(&target))
        require_readable(question.reading.store, *selector);
    return target;
}

HttpResponse observations_response(const ApiQuestion& question, const QueryReader& query, const AsOf& as_of,
                                   const std::vector<ObservationRow>& rows, const std::string& format)
{
    const auto name = query.text("selector");
    if (format == "csv") {
        ObservationCsv csv(dialect_of(query), dimensions_of(rows));
        for (const auto& row : rows)
            csv.add(row);
        return api_csv(csv.take(), file_name(name, "csv"));
    }
    if (format == "jsonstat")
        return api_file(render_jsonstat(rows), "application/json", file_name(name, "json"));
    return api_json(question, as_of, "observations", json_list(rows));
}

HttpResponse get_data(const ApiQuestion& question, const QueryReader& query)
{
    const auto as_of = query.as_of();
    const auto rows = observations(
        question.reading.store, *question.reading.catalogue,
        {wanted_target(question, query), as_of,
         query.choice("numbers", {"published", "corrected"}) == "corrected" ? Numbers::corrected : Numbers::published,
         query.period("period"), question.host.attributions()});
    return observations_response(question, query, as_of, rows, query.choice("format", {"json", "csv", "jsonstat"}));
}

HttpResponse get_history(const ApiQuestion& question, const QueryReader& query)
{
    const auto rows = observation_history(question.reading.store, *question.reading.catalogue,
                                          {.target = wanted_target(question, query),
                                           .period = query.period("period"),
                                           .attributions = question.host.attributions()});
    return observations_response(question, query, {}, rows, query.choice("format", {"json", "csv"}));
}

std::string changes_csv(const std::vector<CellChange>& changes, const Catalogue& catalogue, CsvDialect dialect)
{
    CsvWriter csv(dialect);
    for (const auto* name :
         {"dataset", "codes", "label", "period", "before", "now", "unit", "published", "vintage", "reason"})
        csv.add(name);
    csv.end_row();
    for (const auto& change : changes) {
        const auto& seen = change.observation;
        for (const auto& text :
             {seen.dataset, codes_text(seen.codes), seen.label, seen.period.text(), value_text(change.before),
              value_text(change.now), seen.unit, format_time(seen.published_at), std::to_string(seen.vintage),
              change_reason(change, catalogue).en})
            csv.add(text);
        csv.end_row();
    }
    return csv.take();
}

HttpResponse get_changes(const ApiQuestion& question, const QueryReader& query)
{
    query.required("from");
    const AsOf from = {query.time("from"), std::nullopt};
    const AsOf to = {query.time("to"), std::nullopt};
    const auto& store = question.reading.store;
    std::vector<Selector> wanted;
    if (const auto selector = query.text("selector"); !selector.empty())
        wanted.push_back(Selector::parse(selector));
    else
        for (const auto& dataset : datasets_published_between(store, from, to))
            wanted.push_back({dataset, {}});
    std::size_t series = 0;
    for (const auto& selector : wanted)
        series += series_count(store, selector);
    if (series > series_max)
        throw usage_error(
            "{} series of {} datasets may have changed, and {} are the most that one answer reads: name "
            "some by the parameter selector",
            series, wanted.size(), series_max);
    std::vector<CellChange> changes;
    for (const auto& selector : wanted) {
        auto some = cell_changes(store, selector, from, to);
        std::move(some.begin(), some.end(), std::back_inserter(changes));
    }
    if (query.choice("format", {"json", "csv"}) == "csv")
        return api_csv(changes_csv(changes, *question.reading.catalogue, dialect_of(query)), "skurd-changes.csv");
    return api_json(question, to, "changes", json_list(changes));
}

} // namespace

const std::vector<Endpoint>& observation_endpoints()
{
    static const std::vector<Endpoint> all = {
        {"/api/v1/datasets", {"search", "format", "dialect"}, &list_datasets},
        {"/api/v1/data", {"selector", "period", "as_of", "known_at", "numbers", "format", "dialect"}, &get_data},
        {"/api/v1/history", {"selector", "period", "format", "dialect"}, &get_history},
        {"/api/v1/changes", {"from", "to", "selector", "format", "dialect"}, &get_changes},
    };
    return all;
}

} // namespace skurd
