#pragma once

#include "base/turns.hpp"
#include "daemon/workspace.hpp"
#include "model/store_log.hpp"

#include <optional>
#include <vector>

namespace skurd {

/// Keeps the store within its bounds, a little each minute. Whatever it meets, the daemon lives on. For the thread of
/// the daemon's loop.
class StoreKeeper {
public:
    explicit StoreKeeper(Workspace& workspace) : workspace_(workspace) {}

    /// Empties a log that has grown and that nobody holds on to, flags who does, and has harvests deferred while it
    /// is far beyond its limit. Once an hour, and as long as something is beyond its bounds: takes that out of the
    /// store. The turn is given back while the log is emptied.
    void work(Turn& turn);

private:
    void keep_log(Turn& turn);
    void keep_bounds();
    void defer_harvests(const StoreLog& log);

    Workspace& workspace_;
    std::vector<int> readers_before_;      ///< a minute ago
    bool may_be_flagged_ = true;           ///< at first that is not known
    std::optional<Time> bounds_kept_at_{}; ///< when nothing was beyond its bounds
};

} // namespace skurd
