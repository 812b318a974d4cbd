#pragma once

#include "base/clock.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace skurd {

/// What a job remembers from run to run.
struct JobState {
    std::map<std::string, std::string> connector{}; ///< the connector's own entries; the host does not read them
    std::string input_hash{}; ///< over what the last ingest was made of and with; "" where nothing may match it
    std::int64_t newest_vintage = 0;    ///< the id of the one the job made last; 0 = none
    std::optional<Time> published_at{}; ///< of the newest release that was ingested, with a vintage or without
    std::optional<Time> announced_at{}; ///< when the source said the next one comes

    bool operator==(const JobState&) const = default;
};

} // namespace skurd
