#pragma once

#include "model/host_pace.hpp"

#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// How hosts were called, so that the pace outlives the process and whoever asks next goes on counting.
class PaceStore {
public:
    explicit PaceStore(const StoreSession& session) : session_(session) {}

    /// By host. A time that is none is left out: a damaged memory of calls is no reason to stop.
    std::vector<HostPace> hosts() const;
    void store(const std::vector<HostPace>& hosts); ///< these and no others

private:
    const StoreSession& session_;
};

} // namespace skurd
