#pragma once

#include "model/clock_evidence.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// What sources said of the time, two rows of state at most.
class ClockStore {
public:
    explicit ClockStore(const StoreSession& session) : session_(session) {}

    ClockEvidence evidence() const;
    void hear(const HeardTime& heard); ///< writes only where it changes the evidence

private:
    const StoreSession& session_;
};

} // namespace skurd
