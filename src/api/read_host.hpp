#pragma once

#include "base/clock.hpp"
#include "config/installation.hpp"
#include "model/attribution.hpp"
#include "store/store_session.hpp"

namespace skurd {

/// What the daemon lends to those who read. From any thread; nothing here waits for a run or an order.
class ReadHost {
public:
    virtual ~ReadHost() = default;

    virtual Installation installation() const = 0; ///< in force
    /// The store, for reading, on a connection of its own. Throws Error where it cannot be read.
    virtual StoreSession open_store() const { return {installation().store, StoreSession::Access::read, clock()}; }
    virtual Time configured_at() const = 0;        ///< when what is in force was read
    virtual Attributions attributions() const = 0; ///< of the datasets, by the jobs in force
    virtual const Clock& clock() const = 0;
    virtual bool names_are_told() const = 0; ///< whether readers over TCP are given people's names
};

} // namespace skurd
