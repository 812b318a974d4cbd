#pragma once

#include "model/snapshot.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace skurd {

/// How many published snapshots are kept: the newest always, of the others those that are among the newest `number`
/// and were published in the last `days`.
struct PublishBounds {
    std::size_t number = 10;
    std::chrono::days days{400};
};

/// What a publication came to.
struct Published {
    Snapshot snapshot;
    std::string folder;                ///< that it lies in
    bool is_new = false;               ///< false: it was there already, and nothing was done
    std::optional<std::int64_t> since; ///< the commit that its changes are told from; nothing where it was there
    std::size_t files = 0;
    std::uintmax_t bytes = 0;
    std::size_t removed = 0; ///< older ones, by number and age
};

} // namespace skurd
