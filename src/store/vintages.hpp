#pragma once

#include "lib/sqlite/database.hpp"
#include "lib/sqlite/statement.hpp"
#include "model/release.hpp"
#include "model/vintage.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace skurd {

/// What the store said of one cell in one vintage: a row of table observation.
struct StoredCell {
    std::int64_t period = 0;
    std::int64_t vintage = 0;
    std::optional<Decimal> number;
    std::int64_t status = 0;
};

/// All rows of one series after another, by period id and vintage id.
class SeriesRows {
public:
    explicit SeriesRows(Database& database);

    template <typename Visitor>
    void for_each(std::int64_t series, Visitor visit)
    {
        statement_.bind(series);
        while (statement_.step())
            visit(current());
    }

private:
    StoredCell current() const;
    Statement statement_;
};

/// The vintages of one dataset in the order that decides which of two speaks last: publication time, then id.
struct Timeline {
    struct Entry {
        std::int64_t id = 0;
        Time published_at{};
        Confidence confidence = Confidence::arrival;
        Time observed_at{};
        std::string payload_hash;
        std::string value_hash;
        Coverage coverage = Coverage::partial;
        std::int64_t coverage_id = 0;
    };

    std::vector<Entry> entries;                           ///< ascending
    std::unordered_map<std::int64_t, std::size_t> places; ///< vintage id -> index into entries
    std::optional<Time> newest_claim; ///< the latest publication any release claimed, also one that only confirmed
    Time newest_observed{};

    /// How many of the entries had been published by then; all for nothing.
    std::size_t published_by(std::optional<Time> limit) const;
};
Timeline timeline(Database& database, std::int64_t dataset);

/// A release that stated cells without need of a row, and what it said so as: a vintage, or a confirmation of one.
struct Restatement {
    std::int64_t vintage = 0;
    Time published_at{};
    Confidence confidence = Confidence::arrival;
    Time observed_at{};
    std::int64_t coverage_id = 0;
};
/// Those published at or after `from` that the two clocks show, ascending by publication.
std::vector<Restatement> restatements(Database& database, std::int64_t dataset, Time from, const AsOf& as_of);

} // namespace skurd
