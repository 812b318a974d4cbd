#pragma once

#include "tests/bench/measure.hpp"
#include "tests/bench/table.hpp"

#include <filesystem>

namespace skurd::bench {

/// What writing the rows of a first harvest costs at the least: one loop that binds and steps them, in the order of
/// their key, into the one table of a new database, in one transaction with the store's settings for a writer. The
/// rows stand ready in memory; only the transaction counts. Throws Error when SQLite fails.
Cost plain_loop(const Table& table, const std::filesystem::path& file);

} // namespace skurd::bench
