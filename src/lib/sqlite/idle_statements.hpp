#pragma once

#include <memory>
#include <string_view>
#include <vector>

struct sqlite3_stmt;

namespace skurd {

/// Prepared statements of one connection that nobody uses at the moment, to be used again: preparing one takes longer
/// than a short read. They hold no lock and no values. Not thread-safe; goes before the connection is closed.
class IdleStatements {
public:
    /// One that was prepared from this text, for the caller to give back; nullptr where there is none.
    sqlite3_stmt* take(std::string_view sql) noexcept;
    /// Keeps it, up to a number and a size, or finalizes it, as what SQLite partly does while preparing (PRAGMA).
    /// What may have changed the schema also ends all others.
    void give_back(sqlite3_stmt* statement) noexcept;
    void clear() noexcept { idle_.clear(); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    using Idle = std::unique_ptr<sqlite3_stmt, Finalize>;
    std::vector<Idle> idle_; ///< that given back last is the last
};

} // namespace skurd
