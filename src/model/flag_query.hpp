#pragma once

#include "model/ended.hpp"
#include "model/flag.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace skurd {

/// Which flags are asked for: those that have all that is given.
struct FlagQuery {
    Ended closed = Ended::left_out;
    std::optional<FlagKind> kind{};
    int indicator = 0;                  ///< 0 = any, and none
    std::string job{};                  ///< whose source it is about; "" = any, and none
    std::optional<Time> raised_since{}; ///< then or later
    std::int64_t id = 0;                ///< 0 = any
    /// As they were then, by what happened to them; of those that there were. Nothing = now.
    std::optional<Time> at{};
};

} // namespace skurd
