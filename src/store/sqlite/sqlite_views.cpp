#include "store/sqlite/sqlite_views.hpp"

#include "store/engine/statement.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// Columns that every such view has; dimensions' columns begin with `d_`, so they never meet these.
constexpr auto head = R"(CREATE VIEW "{0}" AS
SELECT
    n.series_id AS series_id,
{1}    n.unit AS unit,
    p.text AS period,
    p.first_day AS first_day,
    p.last_day AS last_day,
    o.value AS value,
    o.decimals AS decimals,
    o.value_text AS value_text,
    st.text AS status,
    st.meaning AS meaning,
    o.vintage_id AS vintage_id,
    v.published_at AS published_at,
    v.confidence AS confidence,
    v.observed_at AS observed_at,
    v.last_confirmed_at AS last_confirmed_at,
    v.last_ingest_id AS commit_seq
FROM series_words AS n
{2}CROSS JOIN dataset_band AS b ON b.dataset_id = {3}
CROSS JOIN observation AS o ON o.band = +b.band AND o.series_id = n.series_id
JOIN period AS p ON p.id = o.period_id
JOIN vintage AS v ON v.id = +o.vintage_id AND v.band = b.band AND +v.dataset_id = {3}
    AND (+v.published_at, +v.seq) >= (n.from_at, n.from_seq) AND (+v.published_at, +v.seq) < (n.to_at, n.to_seq)
LEFT JOIN superseded AS x ON x.band = +b.band AND x.series_id = +n.series_id AND x.period_id = +o.period_id
    AND x.vintage_id = +o.vintage_id
LEFT JOIN status AS st ON st.id = o.status_id
WHERE n.dataset_id = {3} AND x.band IS NULL)";

constexpr auto dimension_columns = "    c{0}.code AS \"{1}\",\n    c{0}.label AS \"{1}_label\",\n";

constexpr auto dimension_join =
    "LEFT JOIN series_code AS s{0} ON s{0}.series_id = n.series_id AND s{0}.dimension_id = {1}\n"
    "LEFT JOIN category_words AS c{0} ON c{0}.category_id = s{0}.category_id\n"
    "    AND (c{0}.from_at, c{0}.from_seq) <= (n.from_at, n.from_seq)\n"
    "    AND (c{0}.to_at, c{0}.to_seq) > (n.from_at, n.from_seq)\n";

std::string view_text(const DatasetView& view)
{
    std::string columns;
    std::string joins;
    for (std::size_t i = 0; i < view.dimensions.size(); ++i) {
        columns += fmt::format(dimension_columns, i + 1, view.dimensions[i].column);
        joins += fmt::format(dimension_join, i + 1, view.dimensions[i].id);
    }
    return fmt::format(head, view.name, columns, joins, view.dataset);
}

} // namespace

bool SqliteViews::is_taken(const std::string& name)
{
    return Statement(database_, "SELECT 1 FROM sqlite_schema WHERE lower(name) = $1").bind(name).step();
}

void SqliteViews::drop(const std::string& name)
{
    Statement(database_, fmt::format("DROP VIEW IF EXISTS \"{}\"", name)).run();
}

void SqliteViews::make(const DatasetView& view)
{
    Statement(database_, view_text(view)).run();
}

bool SqliteViews::is_there(const DatasetView& view)
{
    Statement row(database_, "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = $1");
    return row.bind(view.name).step() && row.view(0) == view_text(view);
}

} // namespace skurd
