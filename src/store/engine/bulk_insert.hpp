#pragma once

#include "store/engine/database.hpp"
#include "store/engine/statement.hpp"

#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// Inserts rows in the way that is quickest for the engine, many at a time.
/// `Row` has `static constexpr int columns` and `void bind(Parameters&, int first) const`, which binds that many
/// parameters from `first` on. What was added is in the table once flush() has returned.
///
/// Rows of a dataset that do not name it otherwise are given `dataset`, and Row leaves that out: the column is
/// written where the engine's rows have it.
template <typename Row>
class BulkInsert {
public:
    /// `head` is the statement up to VALUES, `tail` what follows the rows.
    BulkInsert(Database& database, const std::string& head, const std::string& tail = "")
        : sink_(database.bulk_insert(head, Row::columns, tail))
    {
        rows_.reserve(sink_->batch());
    }
    BulkInsert(Database& database, std::int64_t dataset, const std::string& head, const std::string& tail = "")
        : dataset_(database.rows_name_dataset() ? dataset : 0),
          sink_(database.bulk_insert(dataset_ == 0 ? head : head.substr(0, head.size() - 1) + ", dataset_id)",
                                     columns(), tail))
    {
        rows_.reserve(sink_->batch());
    }

    void add(Row row)
    {
        rows_.push_back(std::move(row));
        if (rows_.size() == sink_->batch())
            write(rows_.size());
    }

    void flush()
    {
        write(1);
        sink_->flush();
    }

private:
    int columns() const { return Row::columns + (dataset_ == 0 ? 0 : 1); }

    /// So many with each statement.
    void write(std::size_t at_once)
    {
        for (std::size_t i = 0; i < rows_.size(); i += at_once) {
            auto& parameters = sink_->begin(at_once);
            for (std::size_t row = 0; row < at_once; ++row) {
                const auto first = 1 + static_cast<int>(row) * columns();
                rows_[i + row].bind(parameters, first);
                if (dataset_ != 0)
                    parameters.bind_integer(first + Row::columns, dataset_);
            }
            sink_->end();
        }
        rows_.clear();
    }

    std::int64_t dataset_ = 0; ///< what each row is given; 0 = nothing
    std::unique_ptr<RowSink> sink_;
    std::vector<Row> rows_;
};

} // namespace skurd
