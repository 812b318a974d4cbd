#pragma once

#include "fetch/pace.hpp"
#include "store/store_session.hpp"

#include <vector>

namespace skurd {

/// A fetcher's pace as the store holds it: so it outlives the process, and whoever asks
/// sources next (the daemon, a command) goes on counting where the last one was. For the holder of the store's lock;
/// where others write the store too, each call is counted there as it is made (fleet_pace.hpp), and this does
/// nothing.
class StoredPace {
public:
    /// Restores what was stored. All three must outlive the object.
    StoredPace(StoreSession& store, Pace& pace, const Clock& clock);

    void store(); ///< writes only when a host was called since, so that an idle daemon writes nothing

private:
    StoreSession& store_;
    Pace& pace_;
    const Clock& clock_;
    std::vector<HostPace> stored_;
};

} // namespace skurd
