#pragma once

#include "base/clock.hpp"
#include "lib/postgres/connection.hpp"
#include "store/engine/database.hpp"

#include <memory>

namespace skurd {

/// Opens the store in a database of PostgreSQL for its one writer, until it is closed: makes it where it is missing,
/// and brings an older one up to date. Throws StoreError (busy) while another process has it open for writing; Error
/// for one from a newer program.
std::unique_ptr<Database> open_postgres_for_writing(const PostgresTarget& target, const Clock& clock);

/// Opens one for reading. Throws Error for one that is missing, and of another version than this program's.
std::unique_ptr<Database> open_postgres_for_reading(const PostgresTarget& target);

/// Whether there is a store in the database. Throws StoreError where the server does not tell.
bool is_postgres_store(const PostgresTarget& target);

} // namespace skurd
