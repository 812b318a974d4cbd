#pragma once

#include "store/engine/database.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace skurd {

/// How a vintage came into the chain.
enum class Sealed {
    accept, ///< in the transaction that ingested it
    upgrade ///< later: it was ingested by a skurd that kept no chain, or one in an older form
};

/// Puts a vintage at the end of the chain: a hash over the hash before it and all that the vintage claims. Whoever
/// changes a vintage, or takes one out, breaks the chain from there on.
void seal(Database& database, std::int64_t vintage, Sealed how);

/// Seals, by id, the vintages that have no link of today's form.
void seal_unsealed(Database& database);

/// Which fields of a vintage a link hashes. Links are never made anew, so those of before stay in their form.
enum class ChainForm {
    numbered_ids = 1, ///< periods had ids in the order of their arrival; there was no claim and no seq
    computed_ids = 2,
};

/// The hash that belongs after `before` for this vintage as it stands now. Throws Error for a vintage that is gone.
std::string chain_hash(Database& database, std::string_view before, std::int64_t vintage, ChainForm form);

} // namespace skurd
