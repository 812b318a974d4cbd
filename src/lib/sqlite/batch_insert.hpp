#pragma once

#include "lib/sqlite/statement.hpp"

#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// Inserts rows, many with one statement, so that starting and ending one is not paid for every row.
/// `Row` has `static constexpr int columns` and `void bind(Statement&, int first) const`, which binds that many
/// parameters from `first` on. What was added is in the table once flush() has returned.
template <typename Row>
class BatchInsert {
public:
    /// `head` is the statement up to VALUES, `tail` what follows the rows.
    BatchInsert(Database& database, const std::string& head, const std::string& tail = "")
        : many_(database, head + rows_of(batch) + tail), one_(database, head + rows_of(1) + tail)
    {
        rows_.reserve(batch);
    }

    void add(Row row)
    {
        rows_.push_back(std::move(row));
        if (rows_.size() < batch)
            return;
        many_.reset();
        int first = 1;
        for (const auto& waiting : rows_) {
            waiting.bind(many_, first);
            first += Row::columns;
        }
        many_.step();
        rows_.clear();
    }

    void flush()
    {
        for (const auto& waiting : rows_) {
            one_.reset();
            waiting.bind(one_, 1);
            one_.step();
        }
        rows_.clear();
    }

private:
    static constexpr std::size_t batch = 32;

    static std::string rows_of(std::size_t count)
    {
        std::string row = "(?";
        for (int i = 1; i < Row::columns; ++i)
            row += ",?";
        row += ")";
        std::string all = " VALUES " + row;
        for (std::size_t i = 1; i < count; ++i)
            all += "," + row;
        return all;
    }

    Statement many_;
    Statement one_;
    std::vector<Row> rows_;
};

} // namespace skurd
