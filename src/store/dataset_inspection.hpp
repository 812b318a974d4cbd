#pragma once

#include "base/clock.hpp"
#include "store/engine/database.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// What the rows of a dataset came to when they were held against what its releases are known by.
struct DatasetFindings {
    struct Vintage {
        std::int64_t id = 0;
        Time published_at{};
        bool same = true;     ///< its rows and those before it give the numbers that were ingested
        std::size_t gone = 0; ///< cells that it withdrew and that are there
    };
    std::vector<Vintage> vintages;               ///< that were compared; in the order of the timeline
    std::map<std::int64_t, std::size_t> foreign; ///< vintage -> its rows of cells that it said nothing of
    std::vector<std::int64_t> stale;             ///< series whose cached states are not those of the rows
    std::vector<std::int64_t> unordered;         ///< series of which superseded says other than the rows do
    std::size_t rows = 0;                        ///< read: all that stand where the dataset's rows belong
    std::size_t cells = 0;                       ///< compared
    std::size_t lost_periods = 0;                ///< rows that point to a period that is not there
    std::size_t lost_vintages = 0;
    std::size_t lost_statuses = 0;
};

/// Reads every row of a dataset once. Of its vintages only those that were observed from `since` on are compared;
/// rows and cached states all. `progress` is told now and then how many of the series are done. Throws Error when the
/// tables contradict each other. For one thread, in one read transaction.
DatasetFindings inspect_dataset(Database& database, std::int64_t dataset, Time since,
                                const std::function<void(std::size_t done, std::size_t all)>& progress);

} // namespace skurd
