#pragma once

#include "model/verification.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "store/store_session.hpp"

namespace skurd {

/// Who keeps these outside can prove later that nothing before was rewritten.
struct ChainHeads {
    std::string content; ///< over what was published: the same for whoever harvested the same; "" where nothing was
    std::string log;     ///< over what was done; "" where nothing was
};

/// Integrity and backups of the whole store.
class StoreMaintenance {
public:
    explicit StoreMaintenance(const StoreSession& session) : session_(session) {}

    using Progress = std::function<void(const std::string&)>; ///< what is being done, for people

    /// Inspects all there is: SQLite's own integrity, references, tables, triggers and views, payloads against their
    /// hashes, the two chains, and that the rows of each vintage give the very numbers that were ingested. Reads
    /// only. With `since`, of what came before then only what the chains and the words of releases say, which is
    /// quick; SQLite's own check, which reads the whole file, is left out. `kept_head`: a head that somebody kept
    /// outside; that the store once had it proves that nothing before it was rewritten. "" = none.
    Verification verify(const Progress& progress = {}, std::optional<Time> since = {},
                        const std::string& kept_head = {}) const;

    ChainHeads heads() const; ///< of the two chains as they stand, not verified

    /// When that vintage came, or the first after which the log chain had that head. Throws Error where there is
    /// neither: the chain is not what it was.
    Time came_at(const std::string& head_or_vintage) const;

    std::uintmax_t size() const; ///< how many bytes the store takes where it lies, without payloads

    /// Writes the whole store as it stands now, with its payloads, to one file that can be put in place as a state
    /// folder's skurd.db; harvests may go on meanwhile. The file is there whole or not at all.
    void back_up(const std::filesystem::path& file, const Progress& progress = {}) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
