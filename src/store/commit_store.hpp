#pragma once

#include "model/commit.hpp"

#include <set>
#include <string>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// What was committed, in the order in which it was: for whoever reads on from where it was last.
class CommitStore {
public:
    explicit CommitStore(const StoreSession& session) : session_(session) {}

    std::int64_t newest() const; ///< the number of the newest commit; 0 = none. The open transaction has none yet
    std::vector<Commit> since(std::int64_t seq) const; ///< those after it, ascending
    /// The datasets of which something of the kind was committed after it.
    std::set<std::string> datasets_since(std::int64_t seq, CommitKind kind) const;
    std::set<CommitKind> kinds_since(std::int64_t seq) const;

private:
    const StoreSession& session_;
};

} // namespace skurd
