#pragma once

#include "store/copy_store.hpp"
#include "store/engine/statement.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace skurd::test {

/// All rows of all tables of a store, sorted, a line each; but for when it was made, and payloads, which may be
/// files.
inline std::vector<std::string> table_rows(Database& database)
{
    std::vector<std::string> found;
    for (const auto name : store_tables()) {
        if (name == "migration" || name == "payload_file")
            continue;
        Statement row(database, "SELECT * FROM " + std::string(name));
        while (row.step()) {
            std::string fields(name);
            for (int i = 0; i < row.columns(); ++i)
                fields += "|" + (row.is_null(i) ? std::string("NULL") : row.text(i));
            found.push_back(fields);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace skurd::test
