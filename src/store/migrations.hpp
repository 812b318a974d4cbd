#pragma once

#include "base/embedded_file.hpp"
#include "lib/sqlite/database.hpp"

namespace skurd {

/// schema/migrations, compiled in, ascending by name. The store's schema version, PRAGMA user_version, is how many
/// of them it has been through.
const std::vector<EmbeddedFile>& store_migrations();

/// Brings a store up to what this program knows, one transaction for each migration. Throws Error for a newer store.
void migrate(Database& database);

/// For reading. Throws Error unless the store has exactly the version this program knows.
void check_version(Database& database);

} // namespace skurd
