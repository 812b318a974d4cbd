#include "store/postgres/postgres_views.hpp"

#include "store/engine/statement.hpp"
#include "store/postgres/postgres_database.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

/// The same columns as SQLite's.
constexpr auto postgres_view = R"(CREATE {0} AS
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
{2}JOIN dataset_band AS b ON b.dataset_id = {3}
JOIN observation AS o ON o.dataset_id = {3} AND o.band = b.band AND o.series_id = n.series_id
JOIN vintage AS v ON v.id = o.vintage_id AND v.band = b.band AND v.dataset_id = {3}
    AND (v.published_at, v.seq) >= (n.from_at, n.from_seq) AND (v.published_at, v.seq) < (n.to_at, n.to_seq)
JOIN period AS p ON p.id = o.period_id
LEFT JOIN status AS st ON st.id = o.status_id
WHERE n.dataset_id = {3} AND NOT EXISTS (SELECT 1 FROM superseded AS x WHERE x.dataset_id = {3}
    AND x.band = o.band AND x.series_id = o.series_id AND x.period_id = p.id AND x.vintage_id = o.vintage_id))";

constexpr auto postgres_dimension_columns = "    c{0}.code AS \"{1}\",\n    c{0}.label AS \"{1}_label\",\n";

constexpr auto postgres_dimension_join =
    "LEFT JOIN series_code AS s{0} ON s{0}.dataset_id = {2} AND s{0}.series_id = n.series_id\n"
    "    AND s{0}.dimension_id = {1}\n"
    "LEFT JOIN category_words AS c{0} ON c{0}.dataset_id = {2} AND c{0}.category_id = s{0}.category_id\n"
    "    AND (c{0}.from_at, c{0}.from_seq) <= (n.from_at, n.from_seq)\n"
    "    AND (c{0}.to_at, c{0}.to_seq) > (n.from_at, n.from_seq)\n";

/// Those who may read the view datasets may read that of each one.
constexpr auto grant_view = R"(DO $$
DECLARE
    reader TEXT;
BEGIN
    FOR reader IN
        SELECT DISTINCT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
        FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS a
        WHERE c.oid = to_regclass('datasets') AND a.privilege_type = 'SELECT' AND a.grantee <> c.relowner
    LOOP
        EXECUTE 'GRANT SELECT ON "{}" TO ' || reader;
    END LOOP;
END $$)";

/// `what`: VIEW "name", or one that is made to be looked at.
std::string postgres_view_text(const DatasetView& view, const std::string& what)
{
    std::string columns;
    std::string joins;
    for (std::size_t i = 0; i < view.dimensions.size(); ++i) {
        columns += fmt::format(postgres_dimension_columns, i + 1, view.dimensions[i].column);
        joins += fmt::format(postgres_dimension_join, i + 1, view.dimensions[i].id, view.dataset);
    }
    return fmt::format(postgres_view, what, columns, joins, view.dataset);
}

} // namespace

bool PostgresViews::is_taken(const std::string& name)
{
    return Statement(database_, "SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace(current_schema())"
                                " AND lower(relname) = $1")
        .bind(name)
        .step();
}

void PostgresViews::drop(const std::string& name)
{
    database_.exec(fmt::format("DROP VIEW IF EXISTS \"{}\"", name));
}

void PostgresViews::make(const DatasetView& view)
{
    database_.exec(postgres_view_text(view, fmt::format("VIEW \"{}\"", view.name)));
    database_.exec(fmt::format(grant_view, view.name));
}

/// The server does not keep the text: another view is made of it, for an instant, and what it says of both compared.
bool PostgresViews::is_there(const DatasetView& view)
{
    Statement there(database_,
                    "SELECT definition FROM pg_views WHERE schemaname = current_schema() AND viewname = $1");
    if (!there.bind(view.name).step())
        return false;
    PostgresDatabase beside(database_.target(), PostgresDatabase::Access::write);
    const Database::Transaction never_committed(beside);
    beside.exec(postgres_view_text(view, "TEMPORARY VIEW as_made_today"));
    Statement made(beside, "SELECT pg_get_viewdef(CAST('pg_temp.as_made_today' AS regclass))");
    made.step();
    return made.view(0) == there.view(0);
}

} // namespace skurd
