#pragma once

#include "daemon/outages.hpp"
#include "daemon/workspace.hpp"

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace skurd {

/// The daemon's scheduled runs: a thread for each lane in which something is due, as long as something is. So a
/// source that hangs keeps none but its own jobs waiting.
class Sweeps {
public:
    explicit Sweeps(Workspace& workspace) : workspace_(workspace) {}
    ~Sweeps() { stop(); }
    Sweeps(const Sweeps&) = delete;
    Sweeps& operator=(const Sweeps&) = delete;

    /// Begins those that are due, and gives how long until the next one is, at most `most`. For the thread that made
    /// this; it has the turn at the workspace, as `turn` shows.
    std::chrono::milliseconds begin(const Turn& turn, std::chrono::milliseconds most);

    /// Waits so long, or until one has ended, something else wants it to end, or a stop is requested.
    void wait(std::chrono::milliseconds duration, const std::stop_token& stop);
    void wake();               ///< from any thread
    std::size_t lanes() const; ///< that runs go on in
    void stop();               ///< and waits until they have

private:
    struct Sweep {
        bool has_ended = false;
        std::jthread thread;
    };

    void sweep(const std::string& lane, const std::stop_token& stop);
    bool run_next(const std::string& lane, const std::stop_token& stop);
    void run(const ReadyJob& job, const std::string& lane, const std::stop_token& stop);
    std::shared_ptr<const ReadyJob> next_due(const std::string& lane);
    bool must_wait(const ReadyJob& job) const;
    void join_ended();

    Workspace& workspace_;
    Outages outages_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::map<std::string, Sweep> sweeps_; ///< by lane
    bool is_woken_ = false;
};

} // namespace skurd
