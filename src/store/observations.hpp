#pragma once

#include "store/engine/bulk_insert.hpp"
#include "store/engine/database.hpp"
#include "store/engine/statement.hpp"
#include "version/cell.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// All rows of one series of a dataset after another, ascending by period id.
class SeriesRows {
public:
    SeriesRows(Database& database, std::int64_t dataset);

    template <typename Visitor>
    void for_each(std::int64_t series, Visitor visit)
    {
        read(series);
        for (const auto& cell : cells_)
            visit(cell);
    }

private:
    void read(std::int64_t series);

    Statement statement_;
    std::int64_t dataset_;
    std::vector<std::int64_t> bands_;
    std::vector<StoredCell> cells_; ///< of the series at hand
};

/// Appends rows of a dataset, which are in the table once flush() has returned.
class ObservationWriter {
public:
    ObservationWriter(Database& database, std::int64_t dataset);
    /// `band` is where the rows of the cell's release stand.
    void write(std::int64_t band, std::int64_t series, const StoredCell& cell) { insert_.add({band, series, cell}); }
    void flush() { insert_.flush(); }

private:
    struct Row {
        static constexpr int columns = 8;
        std::int64_t band = 0;
        std::int64_t series = 0;
        StoredCell cell;

        void bind(Parameters& statement, int first) const;
    };
    BulkInsert<Row> insert_;
};

/// What the newest vintages say of a dataset's series, kept in one row so that a release of a million cells is
/// compared with what is known without reading every row there ever was. A cache: where it lacks a series, the rows
/// tell.
class SeriesStates {
public:
    SeriesStates(Database& database, std::int64_t dataset);

    /// Says that these are going to be read, by and large, and in the order of their ids: from a server at once then.
    void expect(std::int64_t first, std::int64_t last) { expected_ = {first, last}; }

    /// Ascending by period id. False when the cache lacks the series. Throws Error for a row skurd did not write.
    bool read(std::int64_t series, std::vector<CellState>& states);
    /// Ascending by period id. In the table once flush() has returned.
    void keep(std::int64_t series, const std::vector<CellState>& states);
    void forget(std::int64_t series);
    void flush() { replace_.flush(); }

private:
    bool is_ahead(std::int64_t series);
    bool step_to(std::int64_t series);

    struct Row {
        static constexpr int columns = 2;
        std::int64_t series = 0;
        std::string packed;

        void bind(Parameters& statement, int first) const;
    };

    Database& database_;
    std::int64_t dataset_;
    Statement select_;
    BulkInsert<Row> replace_;
    Statement delete_;
    std::optional<std::pair<std::int64_t, std::int64_t>> expected_; ///< first and last
    std::optional<Statement> ahead_;                                ///< of these, as they were at the first read
    std::int64_t ahead_at_ = 0; ///< the series of its row; INT64_MAX = there are no more
    std::int64_t last_asked_ = 0;
};

} // namespace skurd
