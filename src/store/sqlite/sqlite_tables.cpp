#include "store/sqlite/sqlite_tables.hpp"

#include "store/engine/statement.hpp"

namespace skurd {

namespace {

class SqliteTables final : public StoreTables {
public:
    explicit SqliteTables(Database& database) : database_(database) {}

    std::vector<StoreColumn> columns(const std::string& table) override
    {
        std::vector<StoreColumn> found;
        Statement row(database_, "SELECT name, type FROM pragma_table_info($1) ORDER BY cid");
        row.bind(table);
        while (row.step()) {
            const auto type = row.view(1);
            found.push_back({row.text(0), type == "INTEGER" ? StoreColumn::Type::integer
                                          : type == "REAL"  ? StoreColumn::Type::real
                                          : type == "BLOB"  ? StoreColumn::Type::bytes
                                                            : StoreColumn::Type::text});
        }
        return found;
    }
    void go_on_after_ids() override {} // SQLite looks for the largest

private:
    Database& database_;
};

} // namespace

std::unique_ptr<StoreTables> sqlite_tables(Database& database)
{
    return std::make_unique<SqliteTables>(database);
}

} // namespace skurd
