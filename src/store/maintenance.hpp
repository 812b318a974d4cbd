#pragma once

#include "model/verification.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/store_session.hpp"

namespace skurd {

/// Integrity and backups of the whole store.
class StoreMaintenance {
public:
    explicit StoreMaintenance(const StoreSession& session) : session_(session) {}

    using Progress = std::function<void(const std::string&)>; ///< what is being done, for people

    /// Inspects all there is: SQLite's own integrity, references, payloads against their hashes, the chain over
    /// vintages, and that the rows of each vintage give the very numbers that were ingested. Reads only.
    /// With `since`, of what came before then only what the chain over vintages, the log of commits and the words of
    /// releases say, which is quick; SQLite's own check, which reads the whole file, is left out.
    Verification verify(const Progress& progress = {}, std::optional<Time> since = {}) const;

    /// When that vintage came, or the one that was the newest when verify() gave that head of the chain. Throws Error
    /// where there is neither: the chain is not what it was.
    Time came_at(const std::string& head_or_vintage) const;

    /// Writes the whole store as it stands now, with its payloads, to one file that can be put in place as a state
    /// folder's skurd.db; harvests may go on meanwhile. The file is there whole or not at all.
    void back_up(const std::filesystem::path& file, const Progress& progress = {}) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
