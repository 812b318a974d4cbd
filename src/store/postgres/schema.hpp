#pragma once

#include "base/clock.hpp"

#include <cstddef>

namespace skurd {

class PostgresDatabase;

/// Makes the tables and views of today's version in the first schema of the search path.
void make_postgres_tables(PostgresDatabase& database);

std::size_t newest_postgres_version(); ///< that this program knows

/// How far the store there has been brought: the version of SQLite's store that has the same tables; 0 where there is
/// none. Throws Error for one of a newer program.
std::size_t postgres_schema_version(PostgresDatabase& database);

/// Makes a store where there is none, and brings an older one up, one transaction for each step.
void migrate_postgres(PostgresDatabase& database, const Clock& clock);

/// Throws Error unless there is a store of the version that this program knows.
void require_postgres_version(PostgresDatabase& database);

} // namespace skurd
