#include "store/engine/database.hpp"

#include "store/engine/statement.hpp"

namespace skurd {

Statement::Statement(Database& database, std::string_view sql) : prepared_(database.prepare(sql)) {}

std::int64_t Database::integer(std::string_view sql)
{
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

} // namespace skurd
