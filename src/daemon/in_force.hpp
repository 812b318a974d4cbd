#pragma once

#include "base/clock.hpp"
#include "config/installation.hpp"
#include "daemon/due_plan.hpp"
#include "run/jobs.hpp"
#include "serve/tcp_access.hpp"

#include <memory>
#include <mutex>
#include <utility>

namespace skurd {

/// What a daemon works with.
struct Configured {
    Installation installation;                        ///< without the parsed file, which is for one thread
    std::shared_ptr<const JobList> jobs;              ///< which whoever asks may go on with after a reload
    std::shared_ptr<const Attributions> attributions; ///< never null
    DueSettings due;
    TcpAccess access;
    Time read_at{};
    bool is_last_reload_good = true; ///< or there was none
};

/// The same for any thread: who reads waits for no turn.
class InForce {
public:
    explicit InForce(Configured first) : configured_(std::move(first)) {}

    Configured get() const
    {
        const std::scoped_lock lock(mutex_);
        return configured_;
    }
    TcpAccess access() const
    {
        const std::scoped_lock lock(mutex_);
        return configured_.access;
    }
    /// Changes it by what it is called with.
    template <typename Change>
    void change(const Change& by)
    {
        const std::scoped_lock lock(mutex_);
        by(configured_);
    }

private:
    mutable std::mutex mutex_;
    Configured configured_;
};

} // namespace skurd
