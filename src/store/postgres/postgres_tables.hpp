#pragma once

#include "store/engine/database.hpp"
#include "store/engine/store_tables.hpp"

#include <memory>

namespace skurd {

std::unique_ptr<StoreTables> postgres_tables(Database& database); ///< of one of PostgreSQL

} // namespace skurd
