#pragma once

#include "store/dataset_bands.hpp"
#include "store/engine/bulk_insert.hpp"
#include "store/engine/database.hpp"
#include "store/engine/statement.hpp"
#include "version/cell.hpp"
#include "version/timeline.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace skurd {

/// That another row of the same cell comes after a row of table observation.
struct Superseded {
    std::int64_t band = 0; ///< with period and vintage, the row of the series at hand
    std::int64_t period = 0;
    std::int64_t vintage = 0;
    std::int64_t next = 0;                   ///< the vintage of the row after it, in the order of releases
    std::optional<std::int64_t> known_until; ///< see below; nothing where that is `next`

    friend auto operator<=>(const Superseded&, const Superseded&) = default;
};

/// Of all rows of a series those that others come after; ascending. `known_until` is the vintage of the one of those
/// that came to this store first; the row's own where that was here before it, so that nobody ever took the row for
/// the newest. Rows of vintages that the timeline lacks are left out.
std::vector<Superseded> superseded_of(const std::vector<StoredCell>& rows, const Timeline& line,
                                      const DatasetBands& bands);

/// Table superseded, for one dataset. What reads the newest rows alone, as views do, would have to look for a later
/// one of each in every band; so it is noted when a row is written that comes after another. Rows of observation stay
/// as they are, and these stand in the bands of the rows they are about, where a revision of everything adds them one
/// after another. Derived: made anew at any time.
class SupersededTable {
public:
    SupersededTable(Database& database, std::int64_t dataset);

    /// For a row that comes after all others of its cell. In the table once flush() has returned.
    void add(std::int64_t series, const Superseded& row) { insert_.add({series, row}); }
    void flush() { insert_.flush(); }

    std::vector<Superseded> of(std::int64_t series, const DatasetBands& bands); ///< ascending
    /// Leaves the series with these rows, which ascend; flush() was called.
    void replace(std::int64_t series, const DatasetBands& bands, const std::vector<Superseded>& rows);

private:
    struct Row {
        static constexpr int columns = 6;
        std::int64_t series = 0;
        Superseded superseded;

        void bind(Parameters& statement, int first) const;
    };

    std::int64_t dataset_;
    BulkInsert<Row> insert_;
    Statement select_;
    Statement delete_;
};

} // namespace skurd
