#pragma once

#include "lib/postgres/connection.hpp"
#include "lib/postgres/value.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// Values for the parameters of a plan, in the form that the protocol wants.
class PostgresParameters {
public:
    explicit PostgresParameters(const PostgresConnection& connection, std::shared_ptr<const PostgresPlan> plan);

    /// Parameters from 1. Throws StoreError for one that the statement does not have.
    void bind(int index, PostgresValue value);
    std::size_t size() const { return values_.size(); }
    const PostgresPlan& plan() const { return *plan_; }

    /// Appends a row of COPY in its binary form. Throws StoreError for a value that its column cannot hold.
    void append_row(std::string& to) const;
    /// Makes lists of them for libpq, which hold until the next bind(). Throws as append_row().
    void encode();
    const char* const* pointers() const { return pointers_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

private:
    [[noreturn]] void refuse(std::size_t place) const;

    const PostgresConnection* connection_;
    std::shared_ptr<const PostgresPlan> plan_;
    std::vector<PostgresValue> values_;
    std::string encoded_;
    std::vector<const char*> pointers_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// A prepared statement. All rows of a result are in memory from the first step on. Throws as PostgresConnection
/// does.
class PostgresStatement {
public:
    PostgresStatement(PostgresConnection& connection, std::string_view sql);

    void bind(int index, PostgresValue value);
    bool step(); ///< to the next row; false (and reset) when there is none
    void reset() noexcept;

    // Columns of the current row, from 0. NULL, and any column where there is no row, reads as 0 and "".
    int columns() const { return static_cast<int>(parameters_.plan().columns.size()); }
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view view(int column) const; ///< text, bytes, a number as text; valid until the next step

private:
    std::string_view bytes(int column) const;
    unsigned type(int column) const;

    PostgresConnection* connection_;
    PostgresParameters parameters_;
    PostgresResult result_;
    int row_ = -1;
    mutable std::vector<std::string> made_; ///< numbers as text, by column
};

} // namespace skurd
