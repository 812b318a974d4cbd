#include "lib/sqlite/statement.hpp"

#include "lib/sqlite/connection.hpp"

#include "base/error.hpp"

#include <sqlite3.h>

namespace skurd {

void SqliteStatement::GiveBack::operator()(sqlite3_stmt* handle) const
{
    connection->idle_statements().give_back(handle);
}

SqliteStatement::SqliteStatement(SqliteConnection& connection, std::string_view sql)
    : connection_(&connection), handle_(connection.idle_statements().take(sql), GiveBack{&connection})
{
    if (handle_)
        return;
    sqlite3_stmt* prepared = nullptr;
    const int code =
        sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()), &prepared, nullptr);
    handle_.reset(prepared);
    if (code != SQLITE_OK)
        connection.fail(std::string(sql));
}

bool SqliteStatement::step()
{
    if (sqlite3_stmt_readonly(handle_.get()) == 0 && !connection_->in_transaction())
        connection_->require_in_place();
    const int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        connection_->fail(sqlite3_sql(handle_.get()));
    reset();
    return false;
}

void SqliteStatement::reset() noexcept
{
    sqlite3_reset(handle_.get());
}

int SqliteStatement::columns() const
{
    return sqlite3_column_count(handle_.get());
}

bool SqliteStatement::is_null(int column) const
{
    return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const
{
    return sqlite3_column_int64(handle_.get(), column);
}

double SqliteStatement::real(int column) const
{
    return sqlite3_column_double(handle_.get(), column);
}

std::string_view SqliteStatement::view(int column) const
{
    const void* bytes = sqlite3_column_blob(handle_.get(), column);
    const int size = sqlite3_column_bytes(handle_.get(), column);
    return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(size))
                 : std::string_view();
}

void SqliteStatement::bind_null(int index)
{
    check(sqlite3_bind_null(handle_.get(), index));
}

void SqliteStatement::bind_real(int index, double value)
{
    check(sqlite3_bind_double(handle_.get(), index, value));
}

void SqliteStatement::bind_text(int index, std::string_view text)
{
    const char* const bytes = text.data() ? text.data() : "";
    check(sqlite3_bind_text64(handle_.get(), index, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteStatement::bind_blob(int index, std::string_view bytes)
{
    check(
        sqlite3_bind_blob64(handle_.get(), index, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_TRANSIENT));
}

void SqliteStatement::bind_integer(int index, std::int64_t value)
{
    check(sqlite3_bind_int64(handle_.get(), index, value));
}

std::vector<int> SqliteStatement::parameter_places() const
{
    const int count = sqlite3_bind_parameter_count(handle_.get());
    std::vector<int> places;
    for (int number = 1; number <= count; ++number) {
        const auto name = fmt::format("${}", number);
        const int place = sqlite3_bind_parameter_index(handle_.get(), name.c_str());
        if (place == 0)
            throw StoreError(fmt::format("{}: of {} parameters, {} is missing in: {}", connection_->file().string(),
                                         count, name, sqlite3_sql(handle_.get())),
                             ExitCode::failed);
        places.push_back(place);
    }
    return places;
}

void SqliteStatement::check(int code) const
{
    if (code != SQLITE_OK)
        connection_->fail(sqlite3_sql(handle_.get()));
}

} // namespace skurd
