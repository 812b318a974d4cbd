#include "store/postgres/postgres_tables.hpp"

#include "store/engine/statement.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

class PostgresTables final : public StoreTables {
public:
    explicit PostgresTables(Database& database) : database_(database) {}

    std::vector<StoreColumn> columns(const std::string& table) override
    {
        std::vector<StoreColumn> found;
        Statement row(database_, "SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute AS a"
                                 " WHERE a.attrelid = to_regclass(CAST($1 AS TEXT)) AND a.attnum > 0"
                                 " AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum");
        row.bind(table);
        while (row.step()) {
            const auto type = row.view(1);
            found.push_back({row.text(0), type == "bigint"             ? StoreColumn::Type::integer
                                          : type == "double precision" ? StoreColumn::Type::real
                                          : type == "bytea"            ? StoreColumn::Type::bytes
                                                                       : StoreColumn::Type::text});
        }
        return found;
    }

    void go_on_after_ids() override
    {
        std::vector<std::pair<std::string, std::string>> tables;
        Statement row(database_,
                      "SELECT c.relname, pg_get_serial_sequence(quote_ident(c.relname), a.attname)"
                      " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid"
                      " WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind IN ('r', 'p')"
                      " AND a.attidentity <> '' AND a.attname = 'id'");
        while (row.step())
            tables.emplace_back(row.text(0), row.text(1));
        for (const auto& [table, sequence] : tables)
            if (const auto last = database_.integer(fmt::format("SELECT coalesce(max(id), 0) FROM {}", table));
                last > 0)
                database_.integer(fmt::format("SELECT setval('{}', {})", sequence, last));
        database_.integer("SELECT setval('ingest_ids', coalesce(max(ingest_id), 0) + 1, false) FROM commit_log");
        database_.integer("SELECT setval('release_ids', greatest((SELECT coalesce(max(id), 0) FROM vintage),"
                          " (SELECT coalesce(max(id), 0) FROM confirmation)) + 1, false)");
        database_.integer("SELECT setval('series_ids', coalesce(max(id), 0) + 1, false) FROM series");
    }

private:
    Database& database_;
};

} // namespace

std::unique_ptr<StoreTables> postgres_tables(Database& database)
{
    return std::make_unique<PostgresTables>(database);
}

} // namespace skurd
