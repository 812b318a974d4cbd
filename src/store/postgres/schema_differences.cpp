// What is right is asked of the server: the store's tables are made in a schema of their own, in a transaction that
// is never committed, and what the server says of both is compared. So its version may write a definition as it
// likes.
#include "store/postgres/schema_differences.hpp"

#include "store/engine/statement.hpp"
#include "store/postgres/postgres_database.hpp"
#include "store/postgres/schema.hpp"

#include <fmt/format.h>

#include <map>

namespace skurd {

namespace {

using Definitions = std::map<std::string, std::string>;

/// Of the schema that is first in the search path. Views of datasets are held against the datasets
/// (dataset_view.hpp). A table that is cut into parts is what it was as a whole; the parts are the administrator's.
constexpr auto definitions_sql = R"(
    WITH here AS (SELECT oid, nspname FROM pg_namespace WHERE nspname = current_schema()),
    own AS (SELECT c.* FROM pg_class AS c JOIN here ON here.oid = c.relnamespace
            WHERE NOT c.relispartition AND NOT (c.relkind = 'v' AND c.relname LIKE 'data#_%' ESCAPE '#')),
    described (what, definition) AS (
        SELECT 'column ' || own.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod)
            || CASE WHEN a.attnotnull THEN ' NOT NULL ' ELSE ' ' END
            || CAST(a.attidentity AS TEXT) || CAST(a.attgenerated AS TEXT)
            || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '')
        FROM own JOIN pg_attribute AS a ON a.attrelid = own.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef AS d ON d.adrelid = own.oid AND d.adnum = a.attnum WHERE own.relkind IN ('r', 'p')
        UNION ALL
        SELECT 'constraint ' || own.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
        FROM own JOIN pg_constraint AS k ON k.conrelid = own.oid AND k.conparentid = 0
        UNION ALL
        SELECT 'index ' || own.relname, replace(pg_get_indexdef(own.oid), ' ON ONLY ', ' ON ')
        FROM own WHERE own.relkind IN ('i', 'I')
        UNION ALL
        SELECT 'trigger ' || own.relname || '.' || t.tgname, CAST(t.tgenabled AS TEXT) || pg_get_triggerdef(t.oid)
        FROM own JOIN pg_trigger AS t ON t.tgrelid = own.oid AND NOT t.tgisinternal
        UNION ALL
        SELECT 'rule ' || own.relname || '.' || r.rulename, pg_get_ruledef(r.oid)
        FROM own JOIN pg_rewrite AS r ON r.ev_class = own.oid AND r.rulename <> '_RETURN'
        UNION ALL
        SELECT 'function ' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.prosrc
        FROM pg_proc AS p JOIN here ON here.oid = p.pronamespace
        UNION ALL
        SELECT 'view ' || own.relname, pg_get_viewdef(own.oid) FROM own WHERE own.relkind = 'v')
    SELECT what, replace(definition, here.nspname || '.', '') FROM described CROSS JOIN here)";

Definitions definitions(PostgresDatabase& database)
{
    Definitions found;
    Statement row(database, definitions_sql);
    while (row.step())
        found.emplace(row.text(0), row.text(1));
    return found;
}

} // namespace

std::vector<std::string> postgres_schema_differences(PostgresDatabase& database)
{
    const auto there = definitions(database);
    Definitions right;
    {
        PostgresDatabase beside(database.target(), PostgresDatabase::Access::write);
        const Database::Transaction never_committed(beside);
        beside.exec("CREATE SCHEMA skurd_as_made_today; SET LOCAL search_path = skurd_as_made_today");
        make_postgres_tables(beside);
        right = definitions(beside);
    }
    std::vector<std::string> found;
    for (const auto& [what, definition] : right) {
        const auto at = there.find(what);
        if (at == there.end())
            found.push_back(fmt::format("the {} is gone", what));
        else if (at->second != definition)
            found.push_back(fmt::format("the {} is not the one that skurd makes", what));
    }
    for (const auto& one : there)
        if (!right.contains(one.first))
            found.push_back(fmt::format("the {} is not one of skurd's", one.first));
    Statement own(database, "SELECT viewname FROM pg_views WHERE schemaname = current_schema()"
                            " AND viewname LIKE 'data#_%' ESCAPE '#'"
                            " AND viewname NOT IN (SELECT view_name FROM dataset WHERE view_name IS NOT NULL)");
    while (own.step())
        found.push_back(fmt::format("the view {} is no dataset's", own.view(0)));
    return found;
}

} // namespace skurd
