#include "api/list_page.hpp"
#include "api/row_page.hpp"

#include "base/time_text.hpp"
#include "query/cell_changes.hpp"
#include "query/datasets.hpp"
#include "query/indicators.hpp"
#include "query/observations.hpp"
#include "report/jsonstat.hpp"
#include "report/observation_csv.hpp"
#include "view/observation_json.hpp"
#include "view/value_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

/// Which rows, how they are read and how they are written.
struct RowAnswer {
    const ApiQuestion& question;
    const QueryReader& query;
    ObservationQuestion wanted;
    RowReader read;
    std::string format;

    std::string file(std::string_view extension) const { return file_name(query.text("selector"), extension); }
};

std::string ndjson_line(const ObservationRow& row)
{
    return json_line(to_json(row)) + "\n";
}

/// The dimensions of a dataset, as they are known; those of an indicator's rows only the rows tell.
std::vector<std::string> columns_of(const RowAnswer& answer)
{
    const auto* selector = std::get_if<Selector>(&answer.wanted.target);
    return selector ? dimension_ids(answer.question.reading.store, selector->dataset) : std::vector<std::string>();
}

HttpResponse rows_at_hand(const RowAnswer& answer, const std::vector<ObservationRow>& rows, const std::string& next)
{
    HttpResponse response;
    if (answer.format == "csv") {
        auto columns = columns_of(answer);
        ObservationCsv csv(dialect_of(answer.query), columns.empty() ? dimensions_of(rows) : std::move(columns));
        for (const auto& row : rows)
            csv.add(row);
        response = api_csv(csv.take(), answer.file("csv"));
    } else if (answer.format == "ndjson") {
        std::string lines;
        for (const auto& row : rows)
            lines += ndjson_line(row);
        response = api_file(lines, "application/x-ndjson", answer.file("ndjson"));
    } else if (answer.format == "jsonstat") {
        throw usage_error("limit: a JSON-stat table is whole; pages are of json, ndjson and csv");
    } else {
        return api_json_page(answer.question, answer.wanted.as_of, "observations", json_list(rows), next);
    }
    add_link(response, next);
    return response;
}

/// As long as rows come, so that memory holds one series of them.
HttpResponse rows_as_csv(const RowAnswer& answer)
{
    return api_stream("text/csv; charset=utf-8", answer.file("csv"), [answer](const BodyWriter& write) {
        ObservationCsv csv(dialect_of(answer.query), columns_of(answer));
        answer.read(answer.wanted, [&](const ObservationRow& row) {
            csv.add(row);
            write(csv.take());
        });
        write(csv.take());
    });
}

HttpResponse rows_as_ndjson(const RowAnswer& answer)
{
    return api_stream("application/x-ndjson", answer.file("ndjson"), [answer](const BodyWriter& write) {
        answer.read(answer.wanted, [&](const ObservationRow& row) { write(ndjson_line(row)); });
    });
}

HttpResponse rows_as_json(const RowAnswer& answer)
{
    return api_stream("application/json", "", [answer](const BodyWriter& write) {
        write(api_json_head(answer.question, answer.wanted.as_of, "observations"));
        bool any = false;
        answer.read(answer.wanted, [&](const ObservationRow& row) {
            write(any ? ",\n" : "[\n");
            write(json_line(to_json(row)));
            any = true;
        });
        write(any ? "],\"next\":null}\n" : "[],\"next\":null}\n");
    });
}

HttpResponse rows_as_jsonstat(const RowAnswer& answer)
{
    return api_stream("application/json", answer.file("json"), [answer](const BodyWriter& write) {
        JsonstatTable table;
        answer.read(answer.wanted, [&](const ObservationRow& row) { table.add(row); });
        if (table.empty())
            throw NothingThereError("no observations: a JSON-stat table needs at least one");
        table.write(describe_dataset(answer.question.reading.store, table.dataset(), table.newest()), write);
    });
}

HttpResponse rows_response(const RowAnswer& answer)
{
    const auto cursor = answer.query.text("cursor");
    if (!answer.query.text("limit").empty() || !cursor.empty()) {
        const auto limit = static_cast<std::size_t>(answer.query.number("limit", page_max, page_max));
        const auto& reading = answer.question.reading;
        const auto page = row_page(reading.store, reading.commit, answer.wanted, cursor, limit, answer.read);
        return rows_at_hand(answer, page.rows, page.cursor.empty() ? "" : next_link(answer.question, page.cursor));
    }
    if (answer.format == "csv" && std::holds_alternative<Selector>(answer.wanted.target))
        return rows_as_csv(answer);
    if (answer.format == "ndjson")
        return rows_as_ndjson(answer);
    if (answer.format == "jsonstat")
        return rows_as_jsonstat(answer);
    if (answer.format == "json")
        return rows_as_json(answer);
    std::vector<ObservationRow> rows;
    answer.read(answer.wanted, [&](const ObservationRow& row) { rows.push_back(row); });
    return rows_at_hand(answer, rows, "");
}

/// What the parameter `selector` says. Throws Error (usage) for what the store does not have.
Target wanted_target(const ApiQuestion& question, const QueryReader& query)
{
    auto target = read_target(query.required("selector"), *question.reading.catalogue);
    if (const auto* selector = std::get_if<Selector>(&target))
        static_cast<void>(series_count(question.reading.store, *selector));
    return target;
}

HttpResponse get_data(const ApiQuestion& question, const QueryReader& query)
{
    const ObservationQuestion wanted{wanted_target(question, query), query.as_of(), numbers_of(query),
                                     query.period("period"), question.host.attributions()};
    const RowReader read = [&reading = question.reading](const auto& asked, const auto& visit) {
        visit_observations(reading.store, *reading.catalogue, asked, visit);
    };
    return rows_response(
        {question, query, wanted, read, query.choice("format", {"json", "csv", "ndjson", "jsonstat"})});
}

/// A history has every version; that of a day what had been published and seen by then.
HttpResponse get_history(const ApiQuestion& question, const QueryReader& query)
{
    ObservationQuestion wanted{.target = wanted_target(question, query),
                               .as_of = query.as_of(),
                               .period = query.period("period"),
                               .attributions = question.host.attributions()};
    const RowReader read = [&reading = question.reading](const auto& asked, const auto& visit) {
        visit_observation_history(reading.store, *reading.catalogue, asked, visit);
    };
    return rows_response({question, query, wanted, read, query.choice("format", {"json", "csv", "ndjson"})});
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
    const auto known = query.time("known_at");
    const AsOf from = {query.time("from"), known};
    const AsOf to = {query.time("to"), known};
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
    std::vector<CellChange> all;
    for (const auto& selector : wanted) {
        auto some = cell_changes(store, selector, from, to);
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    const auto [changes, next] = page_of(std::move(all), question, query, [](const CellChange& change) {
        return fmt::format("{}~{}", change.observation.series, change.observation.period.text());
    });
    if (query.choice("format", {"json", "csv"}) == "json")
        return api_json_page(question, to, "changes", json_list(changes), next);
    auto response =
        api_csv(changes_csv(changes, *question.reading.catalogue, dialect_of(query)), "skurd-changes.csv");
    add_link(response, next);
    return response;
}

} // namespace

const std::vector<Endpoint>& observation_endpoints()
{
    static const std::vector<Endpoint> all = {
        {"/api/v1/data",
         {"selector", "period", "as_of", "known_at", "numbers", "limit", "cursor", "format", "dialect"},
         &get_data,
         "The observations of series or of an indicator, as `skurd get` gives them"},
        {"/api/v1/history",
         {"selector", "period", "as_of", "known_at", "limit", "cursor", "format", "dialect"},
         &get_history,
         "Every version of them"},
        {"/api/v1/changes",
         {"from", "to", "known_at", "selector", "limit", "cursor", "format", "dialect"},
         &get_changes,
         "The numbers that read otherwise on two days"},
    };
    return all;
}

} // namespace skurd
