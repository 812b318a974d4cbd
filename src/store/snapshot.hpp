#pragma once

#include "model/snapshot.hpp"

#include "store/store_session.hpp"

#include <filesystem>
#include <optional>

namespace skurd {

/// Copies of the store for readers: one SQLite file with all that was published and said, and nothing else. What
/// hangs on no commit is left out or stands as it was when it came, so that the same commits give the same bytes,
/// whenever they are copied: payloads' bytes, runs, states of jobs, quarantine, orders, messages, accepted schemas
/// and their drift, confirmations that changed nothing; `last_confirmed_at` is `observed_at`. Salts of names and
/// users' numbers are never in it; people's names, unless they are asked for, are pseudonyms that the hashes of the
/// log chain go on to hold for.
class SnapshotStore {
public:
    explicit SnapshotStore(const StoreSession& session) : session_(session) {}

    /// Writes a snapshot of what is committed now to a file that must not be there yet; harvests may go on meanwhile.
    /// Of a store on a server a copy is made first, FILE.copy, which is removed again. Gives what it says of itself.
    /// Throws Error, also where nothing was committed yet.
    Snapshot write(const std::filesystem::path& file, PeoplesNames names) const;

    /// What a snapshot that is written now would say of itself. Throws Error where nothing was committed yet.
    Snapshot newest(PeoplesNames names) const;

    /// Whether a snapshot was written of this store, before what is committed now.
    bool is_continued(const Snapshot& before) const;

    /// What a store says of itself that is a snapshot; nothing of one that is none.
    std::optional<Snapshot> read() const;

private:
    const StoreSession& session_;
};

/// What a snapshot's file says of itself, also one of an older program; nothing of a file that is none.
std::optional<Snapshot> read_snapshot(const std::filesystem::path& file);

} // namespace skurd
