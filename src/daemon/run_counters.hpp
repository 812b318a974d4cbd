#pragma once

#include "model/run.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

namespace skurd {

/// Counts the runs that ended, by outcome, as long as the process lives. From any thread.
class RunCounters {
public:
    void count(const std::vector<Run>& runs)
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& run : runs)
            ++ended_[run.outcome];
    }
    std::map<RunOutcome, std::uint64_t> ended() const
    {
        const std::scoped_lock lock(mutex_);
        return ended_;
    }

private:
    mutable std::mutex mutex_;
    std::map<RunOutcome, std::uint64_t> ended_;
};

} // namespace skurd
