#pragma once

#include "store/engine/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What a signature over a sign-off is made over, in lines for people:
///
///     skurd sign-off 1
///     set 3, period 2018
///     signed 2026-11-28T10:00:00Z
///     catalogue <hash>
///     html nb <hash of the bytes>      one line for each form and language
///     log head <hash>                  of the commit that has it, and with it all that was done before
///
/// Nothing where there is no such sign-off.
std::optional<std::string> sign_off_statement(Database& database, std::int64_t id);

/// The signatures that are not what they should be: of another statement than that of the sign-off as it stands now,
/// or not of their key. One sentence each.
std::vector<std::string> wrong_signatures(Database& database);

} // namespace skurd
