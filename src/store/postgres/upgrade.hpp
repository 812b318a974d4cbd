#pragma once

#include "model/configuration_version.hpp"
#include "store/postgres/postgres_database.hpp"

#include <optional>

namespace skurd {

// How programs of two schema versions take turns at a store that several write: the newer one says that it waits, the
// older ones see that, take up nothing more and end, and once nobody writes the newer one brings the store up to
// date. All throw as Database does.

/// For a program of that version that finds the store older and others writing it. It holds for some minutes: who
/// waits says it again.
void ask_for_upgrade(PostgresDatabase& database, std::size_t version, const std::string& host);
/// What is asked for, of a version beyond the one that the store has; nothing where nobody waits any more.
std::optional<WantedUpgrade> wanted_upgrade(Database& database);
/// The store has been brought up to date.
void forget_upgrade(PostgresDatabase& database);

} // namespace skurd
