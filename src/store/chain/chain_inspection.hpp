#pragma once

#include "store/engine/database.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// What an inspection of the chains found.
struct ChainFindings {
    std::vector<std::string> wrong; ///< one sentence each
    std::string content_head;       ///< "" where nothing was published
    std::string log_head;           ///< "" where nothing was done
    /// Which state of the store had the head that was asked for: a sentence. Nothing where none ever had.
    std::optional<std::string> kept_head;
    std::set<std::int64_t> once_unsealed; ///< vintages that were ingested before there was any chain
};

/// Holds every link against the rows it seals, finds rows that no link seals, and the head that somebody kept ("" =
/// none), be it one of the content chain, of the log chain, or of the chain that stores had before. Within a
/// transaction.
ChainFindings inspect_chains(Database& database, const std::string& kept_head);

} // namespace skurd
