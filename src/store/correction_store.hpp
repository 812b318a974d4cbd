#pragma once

#include "model/correction.hpp"
#include "model/ended.hpp"
#include "model/indicator.hpp"

#include <optional>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// Numbers that people say are wrong, and what they should be. Errors are usage errors, as of AnnotationStore.
class CorrectionStore {
public:
    explicit CorrectionStore(const StoreSession& session) : session_(session) {}

    /// Opens a correction, from now, and gives its id. The selector must name one series; of the correction, period,
    /// expected, corrected, reason and person are read. Throws Error where the newest state of the cell is not the
    /// expected number, and where another correction of it is open.
    std::int64_t add(const Selector& series, const Correction& correction);
    /// Ends one now: by a person, or by itself (`actor` is "") since that vintage changed the number (0 = none).
    /// Throws Error for one that is not there, or has ended already.
    void end(std::int64_t id, const std::string& why, const std::string& actor, std::int64_t vintage);
    /// By id; of all datasets for "".
    std::vector<Correction> list(const std::optional<std::string>& dataset, Ended ended) const;
    /// What the newest state says of a correction's cell; nothing where the store has no such cell.
    std::optional<Observation> cell(const Correction& correction) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
