#pragma once

#include "store/sqlite/sqlite_database.hpp"

namespace skurd {

/// Computes what the migration to computed ids needs and SQL cannot give, into temporary tables: new ids of periods
/// and symbols, and coverages in them, one for each dataset that has it.
void prepare_computed_ids(SqliteDatabase& database);

} // namespace skurd
