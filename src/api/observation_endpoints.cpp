#include "api/list_page.hpp"
#include "api/row_page.hpp"

#include "base/time_text.hpp"
#include "query/cell_changes.hpp"
#include "query/datasets.hpp"
#include "query/indicators.hpp"
#include "query/observations.hpp"
#include "report/jsonstat.hpp"
#include "report/observation_csv.hpp"
#include "report/observation_parquet.hpp"
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
    } else if (answer.format == "jsonstat" || answer.format == "parquet") {
        throw usage_error("limit: a {} is whole; pages are of json, ndjson and csv",
                          answer.format == "parquet" ? "Parquet file" : "JSON-stat table");
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

/// Memory holds a row group. Of an indicator, which has few rows, those that it has tell its columns.
HttpResponse rows_as_parquet(const RowAnswer& answer)
{
    constexpr std::size_t group_bytes = 8 << 20;
    return api_stream("application/vnd.apache.parquet", answer.file("parquet"), [answer](const BodyWriter& write) {
        auto columns = columns_of(answer);
        if (columns.empty()) {
            std::vector<ObservationRow> rows;
            answer.read(answer.wanted, [&](const ObservationRow& row) { rows.push_back(row); });
            columns = dimensions_of(rows);
        }
        ObservationParquet parquet(std::move(columns), write, group_bytes);
        answer.read(answer.wanted, [&](const ObservationRow& row) { parquet.add(row); });
        parquet.finish();
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
    if (answer.format == "parquet")
        return rows_as_parquet(answer);
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
        {question, query, wanted, read, query.choice("format", {"json", "csv", "ndjson", "jsonstat", "parquet"})});
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
    return rows_response(
        {question, query, wanted, read, query.choice("format", {"json", "csv", "ndjson", "parquet"})});
}

/// Changes as CSV, line by line, below a line of headings.
class ChangesCsv {
public:
    ChangesCsv(CsvDialect dialect, const Catalogue& catalogue) : csv_(dialect), catalogue_(catalogue)
    {
        for (const auto* name :
             {"dataset", "codes", "label", "period", "before", "now", "unit", "published", "vintage", "reason"})
            csv_.add(name);
        csv_.end_row();
    }

    void add(const CellChange& change)
    {
        const auto& seen = change.observation;
        for (const auto& text :
             {seen.dataset, codes_text(seen.codes), seen.label, seen.period.text(), value_text(change.before),
              value_text(change.now), seen.unit, format_time(seen.published_at), std::to_string(seen.vintage),
              change_reason(change, catalogue_).en})
            csv_.add(text);
        csv_.end_row();
    }
    std::string take() { return csv_.take(); }

private:
    CsvWriter csv_;
    const Catalogue& catalogue_;
};

constexpr auto changes_file = "skurd-changes.csv";

/// What is asked of changes.
struct ChangesQuestion {
    const ApiQuestion& question;
    const QueryReader& query;
    std::optional<Selector> selector;
    AsOf from;
    AsOf to;
    bool is_csv = false;

    ChangesCsv csv() const { return {dialect_of(query), *question.reading.catalogue}; }
    void visit(const std::optional<CellPlace>& after, const std::function<bool(const CellChange&)>& visit) const
    {
        visit_cell_changes(question.reading.store, selector, from, to, after, visit);
    }
};

std::string cursor_after(const CellChange& change)
{
    const auto& seen = change.observation;
    return fmt::format("{}~{}~{}", seen.dataset, seen.series, seen.period.text());
}

std::optional<CellPlace> read_change_place(const std::string& cursor)
{
    if (cursor.empty())
        return std::nullopt;
    const auto parts = split(cursor, '~');
    const auto series = parts.size() < 3 ? std::nullopt : positive_number(parts[1]);
    if (!series)
        throw usage_error("cursor: '{}' is none of this question: begin anew without it", excerpt(cursor));
    const auto period = cursor.substr(parts[0].size() + parts[1].size() + 2);
    return CellPlace{std::string(parts[0]), *series, Period::from_text(period)};
}

HttpResponse page_of_changes(const ChangesQuestion& asked)
{
    const auto limit = static_cast<std::size_t>(asked.query.number("limit", page_max, page_max));
    std::vector<CellChange> changes;
    asked.visit(read_change_place(asked.query.text("cursor")), [&](const CellChange& change) {
        changes.push_back(change);
        return changes.size() <= limit; // one more than the page has
    });
    std::string next;
    if (changes.size() > limit) {
        changes.resize(limit);
        next = next_link(asked.question, cursor_after(changes.back()));
    }
    if (!asked.is_csv)
        return api_json_page(asked.question, asked.to, "changes", json_list(changes), next);
    auto csv = asked.csv();
    for (const auto& change : changes)
        csv.add(change);
    auto response = api_csv(csv.take(), changes_file);
    add_link(response, next);
    return response;
}

HttpResponse changes_as_csv(const ChangesQuestion& asked)
{
    return api_stream("text/csv; charset=utf-8", changes_file, [asked](const BodyWriter& write) {
        auto csv = asked.csv();
        asked.visit({}, [&](const CellChange& change) {
            csv.add(change);
            write(csv.take());
            return true;
        });
        write(csv.take());
    });
}

HttpResponse changes_as_json(const ChangesQuestion& asked)
{
    return api_stream("application/json", "", [asked](const BodyWriter& write) {
        write(api_json_head(asked.question, asked.to, "changes"));
        bool any = false;
        asked.visit({}, [&](const CellChange& change) {
            write(any ? ",\n" : "[\n");
            write(json_line(to_json(change)));
            any = true;
            return true;
        });
        write(any ? "],\"next\":null}\n" : "[],\"next\":null}\n");
    });
}

HttpResponse get_changes(const ApiQuestion& question, const QueryReader& query)
{
    query.required("from");
    const auto known = query.time("known_at");
    ChangesQuestion asked{question, query, {}, {query.time("from"), known}, {query.time("to"), known}};
    asked.is_csv = query.choice("format", {"json", "csv"}) == "csv";
    if (const auto selector = query.text("selector"); !selector.empty()) {
        asked.selector = Selector::parse(selector);
        static_cast<void>(series_count(question.reading.store, *asked.selector)); // throws for what is not there
    }
    if (!query.text("limit").empty() || !query.text("cursor").empty())
        return page_of_changes(asked);
    return asked.is_csv ? changes_as_csv(asked) : changes_as_json(asked);
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
