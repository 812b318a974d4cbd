#pragma once

#include "model/outage.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// Outages: what fails, and since when. Each beginning, each cause that joins and each end has a number, ascending,
/// so that a channel is told of each once. Rows of state.
class OutageStore {
public:
    explicit OutageStore(const StoreSession& session) : session_(session) {}

    std::vector<Outage> open() const; ///< those that have not ended, by id
    /// Those that began, were joined or ended after that number, by id, and as they are now.
    std::vector<Outage> since(std::int64_t seq) const;
    std::int64_t newest() const; ///< the newest number given; 0 = none

    std::int64_t begin(const Outage& outage); ///< with its causes
    void join(std::int64_t id, const OutageCause& cause, Time at);
    void end(std::int64_t id, Time at);

    /// Removes those that ended before that instant, and of the rest all but so many of the newest; never an open
    /// one, nor the one with the newest number.
    void expire(Time before, std::size_t most);

private:
    void add(std::int64_t id, const OutageCause& cause, std::int64_t seq, Time at);

    const StoreSession& session_;
};

} // namespace skurd
