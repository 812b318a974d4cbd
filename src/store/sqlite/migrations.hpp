#pragma once

#include "base/clock.hpp"
#include "base/embedded_file.hpp"
#include "store/sqlite/sqlite_database.hpp"

namespace skurd {

/// schema/migrations, compiled in, ascending by name. The store's schema version, PRAGMA user_version, is how many
/// of them it has been through.
const std::vector<EmbeddedFile>& store_migrations();

/// Brings a store up to a version, one transaction for each migration: to what this program knows, but in tests. Each
/// is entered in the table of migrations, with the time and this program's version, once there is that table. Throws
/// Error for a newer store, and, naming the migration, when one fails; the store is then as the one before left it.
void migrate(SqliteDatabase& database, const Clock& clock, std::size_t to = store_migrations().size());

/// For reading. Throws Error unless the store has exactly the version this program knows.
void check_version(SqliteDatabase& database);

/// How many migrations a store has been through. Throws Error for a newer store.
std::size_t schema_version(SqliteDatabase& database);

} // namespace skurd
