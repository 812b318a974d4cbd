#pragma once

#include "base/clock.hpp"
#include "lib/postgres/connection.hpp"
#include "store/engine/database.hpp"

#include <filesystem>
#include <memory>

namespace skurd {

/// Opens the store in a database of PostgreSQL for writing beside others, from a state folder whose lock this process
/// has: makes it where it is missing, and brings an older one up to date. Throws StoreError (busy) for an older one
/// that others write, and while an older program does; Error for one from a newer program.
std::unique_ptr<Database> open_postgres_for_writing(const PostgresTarget& target, const std::filesystem::path& folder,
                                                    const Clock& clock);

/// Opens one for reading. Throws Error for one that is missing, and of another version than this program's.
std::unique_ptr<Database> open_postgres_for_reading(const PostgresTarget& target);

/// Whether there is a store in the database. Throws StoreError where the server does not tell.
bool is_postgres_store(const PostgresTarget& target);

} // namespace skurd
