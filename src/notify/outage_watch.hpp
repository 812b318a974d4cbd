#pragma once

#include "model/outage.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace skurd {

/// Something that fails now, and what it belongs to.
struct FoundCause {
    Concern concern = Concern::failing;
    std::string about; ///< as of Outage
    OutageCause cause;
};

/// What finding exactly those causes changes.
struct OutageChanges {
    std::vector<Outage> begun;                                ///< without ids
    std::vector<std::pair<std::int64_t, OutageCause>> joined; ///< to one that is open, of which nothing is told anew
    std::vector<std::int64_t> ended;
};

/// Makes outages of what is found to fail, look by look, so that each is told of once when it begins and once when it
/// ends. What comes and goes within five minutes is none; what fails at a source within a day of another thing there
/// is part of the same outage, which ends when all of it is well. Pure, but for what it saw before: a restart begins
/// the five minutes anew, and no more is lost.
class OutageWatch {
public:
    OutageChanges see(const std::vector<FoundCause>& found, const std::vector<Outage>& open, Time now);

private:
    bool has_stood(std::map<std::string, Time>& since, const std::string& key, Time now);
    void begin_or_join(const std::vector<FoundCause>& found, const std::vector<Outage>& open, Time now,
                       OutageChanges& changes);

    std::map<std::string, Time> seen_since_; ///< of causes that belong to no outage yet, by key
    std::map<std::string, Time> gone_since_; ///< of outages that nothing is seen of, by id
};

} // namespace skurd
