#include "lib/sqlite/statement.hpp"

#include "lib/sqlite/database.hpp"

#include <sqlite3.h>

namespace skurd {

void Statement::Finalize::operator()(sqlite3_stmt* handle) const
{
    sqlite3_finalize(handle);
}

Statement::Statement(Database& database, std::string_view sql) : database_(&database)
{
    sqlite3_stmt* prepared = nullptr;
    const int code =
        sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &prepared, nullptr);
    handle_.reset(prepared);
    if (code != SQLITE_OK)
        database.fail(std::string(sql));
}

bool Statement::step()
{
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        database_->fail(sqlite3_sql(handle_.get()));
    reset();
    return false;
}

void Statement::reset() noexcept
{
    sqlite3_reset(handle_.get());
}

int Statement::columns() const
{
    return sqlite3_column_count(handle_.get());
}

bool Statement::is_null(int column) const
{
    return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(handle_.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(handle_.get(), column);
}

std::string_view Statement::view(int column) const
{
    const void* bytes = sqlite3_column_blob(handle_.get(), column);
    const int size = sqlite3_column_bytes(handle_.get(), column);
    return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
                 : std::string_view();
}

void Statement::bind_one(int index, std::nullptr_t)
{
    check(sqlite3_bind_null(handle_.get(), index));
}

void Statement::bind_one(int index, double value)
{
    check(sqlite3_bind_double(handle_.get(), index, value));
}

void Statement::bind_one(int index, std::string_view text)
{
    const char* const bytes = text.data() ? text.data() : "";
    check(sqlite3_bind_text64(handle_.get(), index, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind_blob(int index, std::string_view bytes)
{
    check(
        sqlite3_bind_blob64(handle_.get(), index, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT));
}

void Statement::bind_integer(int index, std::int64_t value)
{
    check(sqlite3_bind_int64(handle_.get(), index, value));
}

void Statement::check(int code) const
{
    if (code != SQLITE_OK)
        database_->fail(sqlite3_sql(handle_.get()));
}

} // namespace skurd
