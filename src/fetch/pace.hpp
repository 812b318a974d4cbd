#pragma once

#include "base/clock.hpp"
#include "model/host_pace.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace skurd {

/// How fast hosts may be called: in any window of time, at most so many calls to each. Calls are counted when they
/// are made, whatever comes of them, since some servers (PxWeb v1) count refused calls too. Knows no clock: time is
/// given. From any thread, but for limit(), which comes first.
class Pace {
public:
    static constexpr auto hold_max = std::chrono::hours(24); ///< no host is left alone for longer

    struct Limit {
        int calls = 25; ///< both at least 1
        std::chrono::seconds window{60};
    };

    Pace(int calls, std::chrono::seconds window); ///< of hosts that have no limit of their own

    void limit(const std::string& host, Limit limit); ///< a limit of its own
    const Limit& limit_of(const std::string& host) const;

    /// How long a call to the host has to wait, seen from `now`; zero = it may go. Whole seconds, rounded up.
    std::chrono::seconds delay(const std::string& host, Time now) const;

    void record(const std::string& host, Time now); ///< a call is made

    /// The host asked to be left alone until then. A day ahead at most; an earlier hold is never shortened.
    void hold(const std::string& host, Time until, Time now);

    /// The same of one path of the host ("/a/b"), which says nothing of its others.
    void hold_path(const std::string& host, const std::string& path, Time until, Time now);
    std::chrono::seconds path_delay(const std::string& host, const std::string& path, Time now) const;

    /// A person wants to know: what the host, or a path of it, asked for holds no more. Its limit does.
    void lift_holds(const std::string& host);

    /// What has to outlive the process: the hosts that were called in the window or are held, by name; a path that is
    /// held is one of them, by host and path ("a.example/b").
    std::vector<HostPace> state(Time now) const;

    /// Takes up such a state. Calls from the future count as made now: the clock was set back.
    void restore(const std::vector<HostPace>& hosts, Time now);

private:
    struct Host {
        std::deque<Time> calls; ///< ascending
        Time held_until{};
    };

    Time free_again(const std::string& host, Time call) const;
    std::chrono::seconds delay_of(const std::string& host, Time now) const; ///< of a host or a path
    void hold_name(const std::string& host, Time until, Time now);
    void add_call(const std::string& host, Time now);

    Limit limit_;
    std::map<std::string, Limit> limits_;
    mutable std::mutex mutex_;
    std::map<std::string, Host> hosts_; ///< and their paths that are held
};

} // namespace skurd
