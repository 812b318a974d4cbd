#pragma once

#include "base/clock.hpp"

#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// How a host was called of late, as far as it still limits the next call.
struct HostPace {
    std::string host;
    std::optional<Time> held_until{}; ///< the host asked to be left alone until then
    std::vector<Time> calls{};        ///< ascending

    bool operator==(const HostPace&) const = default;
};

} // namespace skurd
