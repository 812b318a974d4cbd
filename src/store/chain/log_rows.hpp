#pragma once

#include "model/commit.hpp"
#include "store/chain/log_chain.hpp"

#include <span>

namespace skurd {

/// One of the statements whose rows, in their order, are what a link of the log chain is about.
struct LogRows {
    const char* sql; ///< $1 = the item; of a commit the ingest_id of its rows; $2 = its dataset, in a dataset part
    int numbers = 0; ///< how many decimals its last columns hold (store/chain/row_hash.hpp)
};

/// Of an item that is no commit; the first of them has no rows where the item is not there.
std::span<const LogRows> log_rows(LogItem kind);
/// Of a commit's rows of a kind.
std::span<const LogRows> log_rows(CommitKind kind);

} // namespace skurd
