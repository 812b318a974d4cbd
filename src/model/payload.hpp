#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace skurd {

/// A payload in the store.
struct PayloadRef {
    std::string hash; ///< SHA-256 of the bytes as received, lower-case hex
    std::size_t size = 0;
    bool is_new = false;
};

/// How a payload came.
struct StoredPayload {
    std::string media_type;
    std::string origin_url; ///< the URL or file it came from first
};

/// Which payloads expire: never one that a vintage was made from.
struct PayloadRetention {
    std::optional<std::chrono::days> others_for; ///< how long those without a vintage stay; nothing: for ever
};

} // namespace skurd
