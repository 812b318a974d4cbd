#pragma once

#include "api/endpoint.hpp"
#include "query/observations.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// Reads the rows of a question in their order: now, or all versions.
using RowReader = std::function<void(const ObservationQuestion&, const ObservationVisitor&)>;

/// Some rows of a question, and where the next ones begin.
struct RowPage {
    std::vector<ObservationRow> rows;
    std::string cursor; ///< "" = that was all
};

/// The rows after the cursor, `limit` at most. A cursor of series says series, period and vintage of the last row: a
/// number that is committed meanwhile moves nothing. One of an indicator counts rows, and is of one commit. Throws
/// Error (usage) for a cursor that is none, or of a commit that is not the newest any more.
RowPage row_page(const StoreSession& store, std::int64_t commit, ObservationQuestion question,
                 const std::string& cursor, std::size_t limit, const RowReader& read);

} // namespace skurd
