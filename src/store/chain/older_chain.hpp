#pragma once

#include "store/engine/database.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// The one chain that stores had until they got two (log_chain.hpp): over vintages. It gains no links any more; what
/// it has is verified for ever, and the chain over what was done begins with it.

/// Seals, by id, all vintages in today's form: the step of a store to computed ids.
void seal_vintages(Database& database);

/// The first column of all rows.
std::vector<std::int64_t> integers(Database& database, const char* query);

/// Which fields of a vintage a link hashes. Links are never made anew, so those of before stay in their form.
enum class ChainForm {
    numbered_ids = 1, ///< periods had ids in the order of their arrival; there was no claim and no seq
    computed_ids = 2,
};

/// The hash that belongs after `before` for this vintage as it stands now. Throws Error for a vintage that is gone.
std::string chain_hash(Database& database, std::string_view before, std::int64_t vintage, ChainForm form);

} // namespace skurd
