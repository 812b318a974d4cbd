#pragma once

#include "model/revision.hpp"
#include "query/target.hpp"
#include "store/store_session.hpp"

#include <string>
#include <vector>

namespace skurd {

/// A history with what it can be grouped by.
struct SourcedHistory {
    RevisionHistory history;
    LocalizedText label; ///< of an indicator; else empty
    std::string source;
};

/// The published numbers of a target: of each indicator, or of each series of a selector.
std::vector<SourcedHistory> sourced_histories(const StoreSession& store, const Catalogue& catalogue,
                                              const Target& target);

enum class GroupBy { history, source };

/// The profiles of histories by what is asked for, and by unit: points and percent have no mean in common.
std::vector<RevisionGroup> revision_groups(const std::vector<SourcedHistory>& histories, GroupBy by);

} // namespace skurd
