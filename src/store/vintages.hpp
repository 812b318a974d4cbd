#pragma once

#include "lib/sqlite/database.hpp"
#include "model/vintage.hpp"
#include "store/observations.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace skurd {

/// The releases of one dataset in the order that decides which of two speaks last: publication time, then id. A
/// release that differed from what was known is a vintage; one that did not is a confirmation.
struct Timeline {
    struct Entry {
        std::int64_t id = 0;
        std::int64_t vintage = 0; ///< itself; of a confirmation, the one it confirmed
        Time published_at{};
        Confidence confidence = Confidence::arrival;
        Time observed_at{};
        std::string payload_hash;
        std::string value_hash; ///< "" where an older skurd did not keep it
        Coverage coverage = Coverage::partial;
        std::int64_t coverage_id = 0;

        bool is_vintage() const { return id == vintage; }
    };

    std::vector<Entry> entries;                           ///< ascending
    std::unordered_map<std::int64_t, std::size_t> places; ///< id -> index into entries
    Time newest_observed{};

    /// How many of the entries had been published by then; all for nothing.
    std::size_t published_by(std::optional<Time> limit) const;
};
Timeline timeline(Database& database, std::int64_t dataset);

/// Notes that a vintage was seen unchanged at that time.
void touch_vintage(Database& database, std::int64_t vintage, Time seen_at);

/// What the first `place` releases of the timeline leave of a series, from its rows; ascending by period id. `later`
/// is given the rows of the others, with their places.
std::vector<SeriesStates::State> newest_states(SeriesRows& rows, const Timeline& line, std::size_t place,
                                               std::int64_t series,
                                               const std::function<void(const StoredCell&, std::size_t)>& later = {});

} // namespace skurd
