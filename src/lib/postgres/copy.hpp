#pragma once

#include "lib/postgres/connection.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Rows into a table by COPY in its binary form. While it lives, the connection does nothing else; without finish()
/// none of the rows is in the table. Throws as PostgresConnection does.
class PostgresCopyIn {
public:
    /// `table`: "name (column, column)".
    PostgresCopyIn(PostgresConnection& connection, const std::string& table);
    ~PostgresCopyIn();
    PostgresCopyIn(const PostgresCopyIn&) = delete;
    PostgresCopyIn& operator=(const PostgresCopyIn&) = delete;

    void put(std::string_view rows); ///< as PostgresParameters::append_row() makes them
    void finish();

private:
    PostgresConnection& connection_;
    std::string sql_;
    bool open_ = false;
};

/// The rows of a query, one after another, by COPY in its binary form: none but the current one is in memory. While
/// it lives, the connection does nothing else. Throws as PostgresConnection does, also for a form that it does not
/// know.
class PostgresCopyOut {
public:
    static constexpr std::size_t value_max = std::size_t(1) << 29; ///< bytes of a value: more, skurd never stores

    PostgresCopyOut(PostgresConnection& connection, const std::string& query);
    ~PostgresCopyOut();
    PostgresCopyOut(const PostgresCopyOut&) = delete;
    PostgresCopyOut& operator=(const PostgresCopyOut&) = delete;

    bool next(); ///< to the next row; false when there is none
    /// Of the current row, in the binary form of its type; nothing where it is NULL. Valid until next().
    const std::vector<std::optional<std::string_view>>& values() const { return values_; }

private:
    bool next_chunk();
    std::string_view take(std::size_t size);
    [[noreturn]] void malformed() const;

    PostgresConnection& connection_;
    std::string sql_;
    std::string chunk_;
    std::string_view left_;
    std::vector<std::optional<std::string_view>> values_;
    bool open_ = false;
    bool begun_ = false;
};

} // namespace skurd
