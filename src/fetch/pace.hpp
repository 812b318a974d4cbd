#pragma once

#include "base/clock.hpp"

#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace skurd {

/// How fast hosts may be called: in any window of time, at most so many calls to each. Calls are counted when they
/// are made, whatever comes of them, since some servers (PxWeb v1) count refused calls too. Knows no clock: time is
/// given.
class Pace {
public:
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

    /// What has to outlive the process: one line for each host that was called in the window or is held,
    /// "host until call call …", times as format_time() writes them, "-" for no hold.
    std::string text(Time now) const;

    /// Takes up such a text. Calls from the future count as made now (the clock was set back); a line that is not of
    /// the form is left out, since a damaged memory is no reason to stop.
    void restore(std::string_view text, Time now);

private:
    struct Host {
        std::deque<Time> calls; ///< ascending
        Time held_until{};
    };

    Time free_again(const std::string& host, Time call) const;

    Limit limit_;
    std::map<std::string, Limit> limits_;
    std::map<std::string, Host> hosts_;
};

} // namespace skurd
