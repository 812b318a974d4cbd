#pragma once

#include "base/clock.hpp"
#include "model/localized_text.hpp"
#include "model/status.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// One thing that fails.
struct OutageCause {
    std::string key; ///< which: a flag's, or a finding's concern and what it is about
    std::string job; ///< "" where none is meant
    LocalizedText text;
    std::int64_t began_seq = 0; ///< the number of its beginning, of one that is stored
    Time began_at{};            ///< likewise
};

/// What fails together, and is told of together: the jobs of a source, or one thing of the machine.
struct Outage {
    std::int64_t id = 0;
    Concern concern = Concern::failing;
    std::string about; ///< the source ("ssb"), else the file or folder; "" where none is meant
    Time began_at{};
    std::optional<Time> ended_at{};
    std::vector<OutageCause> causes{}; ///< all there were since it began; by key
};

/// How far a channel has been told.
struct ToldChannel {
    std::string channel;
    std::int64_t commit = 0; ///< the newest commit (commit_log) that it was told of
    std::int64_t outage = 0; ///< the newest beginning or end of an outage
    Time since{};            ///< when it was configured
};

} // namespace skurd
