#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace skurd {

/// What an inspection of the store found.
struct Verification {
    std::vector<std::string> wrong; ///< one sentence each; empty when all is well. At most 100
    std::size_t payloads = 0;       ///< whose bytes were compared with their hash
    std::size_t payloads_removed = 0;
    std::size_t vintages = 0;
    std::size_t cells = 0;     ///< compared, over all vintages
    std::string content_head;  ///< of the chain over what was published; "" where there is none
    std::string log_head;      ///< of the chain over what was done
    std::string kept_head;     ///< which state of the store had the head that was asked for; "" where none was
    std::size_t unchecked = 0; ///< vintages of an older skurd whose numbers cannot be compared with what was ingested
};

} // namespace skurd
