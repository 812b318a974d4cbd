#pragma once

#include "base/clock.hpp"
#include "fetch/pace.hpp"

#include <optional>
#include <string>

namespace skurd {

/// Where the calls of several programs to a host are counted together. From any thread.
class SharedPace {
public:
    virtual ~SharedPace() = default;

    struct Call {
        Time at{};                ///< when it may be made
        bool is_reserved = false; ///< it is counted; else the host asked to be left alone until then
    };
    /// The next call to the host, or to that path of it, behind those that were reserved before; or one that was
    /// `reserved`, where that still holds. Whether it is made or not, it counts.
    virtual Call reserve(const std::string& host, const std::string& path, const Pace::Limit& limit,
                         std::optional<Time> reserved) = 0;
    virtual void hold(const std::string& host, Time until) = 0; ///< or a path of one: as Pace does
    virtual void lift_holds(const std::string& host) = 0;
};

} // namespace skurd
