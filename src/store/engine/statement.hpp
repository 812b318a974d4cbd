#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

class Database;

/// The parameters of a statement, from 1. Texts and bytes are copied.
class Parameters {
public:
    virtual ~Parameters() = default;

    virtual void bind_null(int index) = 0;
    virtual void bind_integer(int index, std::int64_t value) = 0;
    virtual void bind_real(int index, double value) = 0;
    virtual void bind_text(int index, std::string_view text) = 0;
    virtual void bind_blob(int index, std::string_view bytes) = 0;

    // The same by the value's type; an empty optional is NULL.
    void bind_one(int index, std::nullptr_t) { bind_null(index); }
    void bind_one(int index, double value) { bind_real(index, value); }
    void bind_one(int index, std::string_view text) { bind_text(index, text); }
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
            bind_null(index);
    }
};

/// A statement that an engine has prepared. Throws StoreError as Database does.
class PreparedStatement : public Parameters {
public:
    virtual bool step() = 0; ///< to the next row; false (and reset) when there is none
    virtual void reset() noexcept = 0;

    // Columns of the current row, from 0. NULL reads as 0 and "".
    virtual int columns() const = 0; ///< how many the statement gives
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view view(int column) const = 0; ///< text, bytes, a number as text; valid until the next step
};

/// A statement in the SQL that every engine understands (engine/README.md). Its parameters are $1 ... $n without a
/// gap; which is which is said by the number, not by the place.
class Statement {
public:
    Statement(Database& database, std::string_view sql);

    /// Starts anew with these parameters.
    template <typename... Args>
    Statement& bind(const Args&... args)
    {
        prepared_->reset();
        int index = 0;
        (prepared_->bind_one(++index, args), ...);
        return *this;
    }
    bool step() { return prepared_->step(); } ///< to the next row; false (and reset) when there is none

    /// Executes a statement that gives no rows.
    template <typename... Args>
    void run(const Args&... args)
    {
        bind(args...).step();
    }
    /// Executes an INSERT ... RETURNING id, to its end, and gives that id: outside a transaction the row comes before
    /// the commit, whose failure only the last step tells of.
    template <typename... Args>
    std::int64_t insert(const Args&... args)
    {
        bind(args...).step();
        const auto id = integer(0);
        step();
        return id;
    }
    void reset() noexcept { prepared_->reset(); }

    // Columns of the current row, from 0. NULL reads as 0 and "".
    int columns() const { return prepared_->columns(); }
    bool is_null(int column) const { return prepared_->is_null(column); }
    std::int64_t integer(int column) const { return prepared_->integer(column); }
    double real(int column) const { return prepared_->real(column); }
    std::string text(int column) const { return std::string(prepared_->view(column)); }
    std::string_view view(int column) const { return prepared_->view(column); } ///< valid until the next step

    Parameters& parameters() { return *prepared_; } ///< to bind some after bind()
    void bind_blob(int index, std::string_view bytes) { prepared_->bind_blob(index, bytes); } ///< after bind()

private:
    std::unique_ptr<PreparedStatement> prepared_;
};

} // namespace skurd
