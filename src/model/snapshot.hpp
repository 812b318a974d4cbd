#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <string>

namespace skurd {

/// Whether a copy for readers has the names of people.
enum class PeoplesNames { left_out, included };

/// What a published snapshot says of itself.
struct Snapshot {
    std::int64_t commit_seq = 0; ///< of the newest commit in it
    Time committed_at{};         ///< when that was made
    std::string content_head;    ///< of the chain over what was published
    std::string log_head;        ///< of the chain over what was done, up to that commit
    PeoplesNames names = PeoplesNames::left_out;
};

} // namespace skurd
