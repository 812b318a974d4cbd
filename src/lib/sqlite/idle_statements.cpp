#include "lib/sqlite/idle_statements.hpp"

#include <algorithm>
#include <array>
#include <sqlite3.h>

namespace skurd {

namespace {

constexpr std::size_t idle_max = 32;
constexpr int bytes_max = 1 << 14; ///< of one statement: large ones take long themselves

bool keeps_the_schema(std::string_view sql)
{
    constexpr std::array<std::string_view, 6> words = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "PRAGMA"};
    sql.remove_prefix(std::min(sql.find_first_not_of(" \n"), sql.size()));
    return std::any_of(words.begin(), words.end(), [&](auto word) { return sql.starts_with(word); });
}

bool is_done_by_preparing(std::string_view sql)
{
    return sql.find("PRAGMA") != std::string_view::npos;
}

std::string_view text_of(sqlite3_stmt* statement)
{
    return sqlite3_sql(statement);
}

} // namespace

void IdleStatements::Finalize::operator()(sqlite3_stmt* statement) const
{
    sqlite3_finalize(statement);
}

sqlite3_stmt* IdleStatements::take(std::string_view sql) noexcept
{
    const auto found =
        std::find_if(idle_.rbegin(), idle_.rend(), [&](const auto& idle) { return text_of(idle.get()) == sql; });
    if (found == idle_.rend())
        return nullptr;
    auto* const statement = found->release();
    idle_.erase(std::prev(found.base()));
    return statement;
}

void IdleStatements::give_back(sqlite3_stmt* statement) noexcept
{
    Idle given(statement);
    if (!statement)
        return;
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    const auto sql = text_of(statement);
    if (!keeps_the_schema(sql))
        clear();
    else if (!is_done_by_preparing(sql) &&
             sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_MEMUSED, 0) <= bytes_max) {
        if (idle_.size() == idle_max)
            idle_.erase(idle_.begin());
        idle_.reserve(idle_max); // once; only lack of memory could throw, which ends the program
        idle_.push_back(std::move(given));
    }
}

} // namespace skurd
