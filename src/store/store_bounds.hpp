#pragma once

#include "model/store_bounds.hpp"
#include "store/store_session.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// Takes out of the store what is beyond its bounds:
///   - runs, with the payloads that nothing else refers to: what sources answered that had nothing new, and their
///   update
///     lists. Never one that a vintage, a confirmation, a held withdrawal, a dataset schema, a drift or an entry in
///     quarantine refers to, and never a job's newest success.
///   - entries in quarantine that have ended, and the bytes that only they kept.
class StoreBoundsKeeper {
public:
    StoreBoundsKeeper(const StoreSession& session, const StoreBounds& bounds) : session_(session), bounds_(bounds) {}

    /// One transaction of milliseconds; gives how many runs and entries went, 0 when nothing is beyond the bounds,
    /// and then nothing was written. Throws Error.
    std::size_t step();

private:
    std::vector<std::int64_t> runs_to_go() const;
    std::vector<std::int64_t> runs_to_go(const std::string& job, std::size_t most) const;
    std::vector<std::int64_t> entries_to_go() const;
    void remove_run(std::int64_t run);
    void remove_entry(std::int64_t entry);
    void forget_payload(const std::string& hash);
    void expire_payload(const std::string& hash);

    const StoreSession& session_;
    const StoreBounds& bounds_;
    std::vector<std::string> files_to_go_; ///< payloads whose files go once the transaction is committed
};

} // namespace skurd
