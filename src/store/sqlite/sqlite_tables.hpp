#pragma once

#include "store/engine/database.hpp"
#include "store/engine/store_tables.hpp"

#include <memory>

namespace skurd {

std::unique_ptr<StoreTables> sqlite_tables(Database& database); ///< of one of SQLite

} // namespace skurd
