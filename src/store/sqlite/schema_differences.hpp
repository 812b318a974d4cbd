#pragma once

#include <string>
#include <vector>

namespace skurd {

class SqliteDatabase;

/// How the tables, indexes, triggers and views of a store of today's version differ from those that this program
/// would make, one sentence each. A trigger that is gone lets rows be changed; one too many changes them; a view may
/// tell another story than its tables.
std::vector<std::string> schema_differences(SqliteDatabase& database);

} // namespace skurd
