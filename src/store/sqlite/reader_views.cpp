#include "store/reader_views.hpp"

#include "base/error.hpp"
#include "store/numbers.hpp"

#include <fmt/format.h>

#include <utility>

namespace skurd {

namespace {

ReaderColumn::Type type_of(std::string_view declared)
{
    return declared == "INTEGER" || declared == "INT" ? ReaderColumn::Type::integer
           : declared == "REAL"                       ? ReaderColumn::Type::real
                                                      : ReaderColumn::Type::text;
}

ReaderView described(Database& database, std::string name)
{
    ReaderView view{std::move(name), {}};
    Statement column(database, "SELECT name, type FROM pragma_table_info($1) ORDER BY cid");
    column.bind(view.name);
    while (column.step())
        view.columns.push_back({column.text(0), type_of(column.view(1))});
    return view;
}

std::string quoted_name(const std::string& name)
{
    std::string quoted = "\"";
    for (const char c : name)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

} // namespace

std::vector<ReaderView> ReaderViews::list() const
{
    std::vector<ReaderView> views;
    Statement row(session_.database(), "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
    while (row.step())
        views.push_back(described(session_.database(), row.text(0)));
    return views;
}

void ReaderViews::visit(const ReaderView& view, const Visitor& visit) const
{
    Statement row(session_.database(), "SELECT * FROM " + quoted_name(view.name));
    while (row.step())
        visit(row);
}

std::string ReaderViews::view_of(const std::string& dataset) const
{
    Statement row(session_.database(), "SELECT coalesce(view_name, '') FROM dataset WHERE name = $1");
    return row.bind(dataset).step() ? row.text(0) : std::string();
}

ReaderView ReaderViews::history() const
{
    return described(session_.database(), "observation_history");
}

void ReaderViews::visit_history_since(std::int64_t commit, const Visitor& visit) const
{
    Statement row(session_.database(),
                  "SELECT * FROM observation_history WHERE vintage_id IN (SELECT id FROM vintage WHERE"
                  " last_ingest_id > $1)");
    row.bind(commit);
    while (row.step())
        visit(row);
}

std::vector<ReaderViews::DatasetChange> ReaderViews::datasets_since(std::int64_t commit) const
{
    Statement row(session_.database(), R"(
        SELECT d.name, count(*), sum(v.rows), sum(v.revised), sum(v.withdrawn)
        FROM vintage AS v JOIN dataset AS d ON d.id = v.dataset_id
        WHERE v.ingest_id > $1 GROUP BY d.name ORDER BY d.name)");
    row.bind(commit);
    std::vector<DatasetChange> changes;
    while (row.step())
        changes.push_back({row.text(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)});
    return changes;
}

std::vector<ReaderViews::IndicatorChange> ReaderViews::indicators_since(std::int64_t commit) const
{
    Statement row(session_.database(), R"(
        SELECT n.indicator, n.definition, p.text, o.value, o.decimals, o.value_text, n.value, n.decimals, n.value_text
        FROM indicator_value AS n JOIN period AS p ON p.id = n.period_id
        LEFT JOIN indicator_value AS o ON o.id = (
            SELECT max(b.id) FROM indicator_value AS b WHERE b.indicator = n.indicator
            AND b.definition = n.definition AND b.period_id = n.period_id AND b.ingest_id <= $1)
        WHERE n.ingest_id > $1 AND n.id = (
            SELECT max(e.id) FROM indicator_value AS e WHERE e.indicator = n.indicator
            AND e.definition = n.definition AND e.period_id = n.period_id)
        ORDER BY n.indicator, n.definition, p.text)");
    row.bind(commit);
    std::vector<IndicatorChange> changes;
    while (row.step())
        changes.push_back({row.integer(0), row.integer(1), row.text(2), decimal_at(row, 3), decimal_at(row, 6)});
    return changes;
}

} // namespace skurd
