#pragma once

#include "base/clock.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace skurd {

/// The releases of one dataset in the order that decides which of two speaks last: publication time, then the order
/// of arrival. A release that differed from what was known is a vintage; one that did not is a confirmation.
class Timeline {
public:
    struct Entry {
        std::int64_t id = 0;
        std::int64_t vintage = 0; ///< itself; of a confirmation, the one it confirmed
        std::int64_t seq = 0;     ///< order of arrival within the dataset, from 1
        Time published_at{};
        Confidence confidence = Confidence::arrival;
        Time observed_at{};
        std::string payload_hash;
        std::string value_hash; ///< "" where an older skurd did not keep it
        Coverage coverage = Coverage::partial;
        std::int64_t coverage_id = 0;
        std::size_t cells = 0; ///< it stated
        Origin origin = Origin::harvest;
        Time confirmed_at{}; ///< when it was last seen unchanged

        bool is_vintage() const { return id == vintage; }
    };

    void append(Entry entry); ///< in the timeline's order

    const std::vector<Entry>& entries() const { return entries_; } ///< ascending
    std::size_t size() const { return entries_.size(); }
    const Entry& operator[](std::size_t place) const { return entries_[place]; }
    std::optional<std::size_t> find(std::int64_t release) const; ///< index into the entries; nothing = not in it
    /// The same. Throws Error for a release that is not in it: the store is damaged.
    std::size_t place_of(std::int64_t release) const;
    /// How many of the entries had been published by then; all for nothing.
    std::size_t published_by(std::optional<Time> limit) const;
    Time newest_observed() const { return newest_observed_; } ///< the epoch where there is no entry
    std::int64_t next_seq() const { return newest_seq_ + 1; }

private:
    std::vector<Entry> entries_;
    std::unordered_map<std::int64_t, std::size_t> places_; ///< id -> index into entries_
    Time newest_observed_{};
    std::int64_t newest_seq_ = 0;
};

} // namespace skurd
