#pragma once

#include "model/verification.hpp"

#include <filesystem>
#include <functional>

#include "store/store_session.hpp"

namespace skurd {

/// Integrity and backups of the whole store.
class StoreMaintenance {
public:
    explicit StoreMaintenance(const StoreSession& session) : session_(session) {}

    using Progress = std::function<void(const std::string&)>; ///< what is being done, for people

    /// Inspects all there is: SQLite's own integrity, references, payloads against their hashes, the chain over
    /// vintages, and that the rows of each vintage give the very numbers that were ingested. Reads only.
    Verification verify(const Progress& progress = {}) const;

    /// Writes the whole store as it stands now, with its payloads, to one file that can be put in place as a state
    /// folder's skurd.db; harvests may go on meanwhile. The file is there whole or not at all.
    void back_up(const std::filesystem::path& file, const Progress& progress = {}) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
