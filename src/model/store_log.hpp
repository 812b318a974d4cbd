#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace skurd {

/// A process that reads the store, and so may keep its log from being emptied.
struct LogReader {
    int pid = 0;
    std::string command; ///< its command line, or "" where that may not be seen

    friend bool operator==(const LogReader&, const LogReader&) = default;
};

/// What was committed and does not stand in the database's file yet. It cannot be emptied behind a reader that holds
/// on to an older state, and grows with every commit until that is gone.
struct StoreLog {
    std::uintmax_t bytes = 0;
    std::uintmax_t limit = 0; ///< [store] wal_limit; 0 = none
    std::vector<LogReader> readers{};

    friend bool operator==(const StoreLog&, const StoreLog&) = default;

    bool is_over() const { return limit > 0 && bytes >= limit; }
    /// From here on harvests would only make it worse.
    bool defers_harvests() const { return limit > 0 && bytes / 2 >= limit; }
};

/// "process 4242 (sqlite3 skurd.db), process 77"; "" for none.
std::string readers_text(const std::vector<LogReader>& readers, std::string_view process = "process");

} // namespace skurd
