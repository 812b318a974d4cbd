#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

struct sqlite3_stmt;

namespace skurd {

class SqliteConnection;

/// A prepared statement: one that the connection has kept, or a new one. Throws Error as SqliteConnection does.
class SqliteStatement {
public:
    SqliteStatement(SqliteConnection& connection, std::string_view sql);

    bool step(); ///< to the next row; false (and reset) when there is none

    void reset() noexcept;

    // Columns of the current row, from 0. NULL reads as 0 and "".
    int columns() const; ///< how many the statement gives
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view view(int column) const; ///< text or blob, valid until the next step

    // Parameters by SQLite's own count of them, from 1. Texts are copied.
    void bind_null(int index);
    void bind_integer(int index, std::int64_t value);
    void bind_real(int index, double value);
    void bind_text(int index, std::string_view text);
    void bind_blob(int index, std::string_view bytes);
    /// Where the parameters $1 ... $n are in that count. Throws StoreError where one is missing, and for other names.
    std::vector<int> parameter_places() const;

private:
    struct GiveBack {
        SqliteConnection* connection = nullptr;
        void operator()(sqlite3_stmt* handle) const;
    };
    void check(int code) const;

    SqliteConnection* connection_;
    std::unique_ptr<sqlite3_stmt, GiveBack> handle_;
};

} // namespace skurd
