#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace skurd {

class Database;

/// A prepared statement. Throws Error as Database does.
class Statement {
public:
    Statement(Database& database, std::string_view sql);

    /// Starts anew with these parameters; an empty optional and nullptr are NULL. Texts are copied.
    template <typename... Args>
    Statement& bind(const Args&... args)
    {
        reset();
        int index = 0;
        (bind_one(++index, args), ...);
        return *this;
    }
    bool step(); ///< to the next row; false (and reset) when there is none

    /// Executes a statement that gives no rows.
    template <typename... Args>
    void run(const Args&... args)
    {
        bind(args...).step();
    }
    void reset() noexcept;

    // Columns of the current row, from 0. NULL reads as 0 and "".
    int columns() const; ///< how many the statement gives
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const { return std::string(view(column)); }
    std::string_view view(int column) const; ///< text or blob, valid until the next step

    // Parameters, from 1: for inner loops; bind() does it for others.
    void bind_one(int index, std::nullptr_t);
    void bind_one(int index, double value);
    void bind_one(int index, std::string_view text);
    void bind_blob(int index, std::string_view bytes);
    template <std::integral T>
    void bind_one(int index, T value)
    {
        bind_integer(index, static_cast<std::int64_t>(value));
    }
    template <typename T>
    void bind_one(int index, const std::optional<T>& value)
    {
        if (value)
            bind_one(index, *value);
        else
            bind_one(index, nullptr);
    }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };
    void bind_integer(int index, std::int64_t value);
    void check(int code) const;

    Database* database_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

} // namespace skurd
