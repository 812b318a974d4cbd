#pragma once

#include "base/clock.hpp"
#include "model/flag.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// What a source has given.
struct SourceFigures {
    std::string source;
    std::size_t datasets = 0;
    std::size_t vintages = 0;
    std::optional<Time> newest_published{}; ///< when what it published last was
    std::optional<Time> last_confirmed{};   ///< when it last said what the store has
};

/// Numbers about a store, for those who watch it.
struct StoreFigures {
    std::vector<SourceFigures> sources; ///< by name
    std::map<std::pair<FlagKind, FlagState>, std::size_t> flags;
    std::size_t quarantined = 0;
    std::map<std::string, std::size_t> outbox;    ///< messages by state
    std::size_t payloads = 0;                     ///< those that have not expired
    std::uint64_t payload_bytes = 0;              ///< of them, before they were compressed
    std::optional<std::chrono::seconds> behind{}; ///< by how much a replica may lag; nothing where it is none
    std::uint64_t database_bytes = 0;
    std::uint64_t log_bytes = 0; ///< what is beside it and not yet in it: skurd.db-wal
};

} // namespace skurd
