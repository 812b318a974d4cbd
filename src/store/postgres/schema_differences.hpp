#pragma once

#include <string>
#include <vector>

namespace skurd {

class PostgresDatabase;

/// How tables, columns, constraints, indexes, triggers, functions and views of a store of today's version differ from
/// those that this program would make, one sentence each.
std::vector<std::string> postgres_schema_differences(PostgresDatabase& database);

} // namespace skurd
