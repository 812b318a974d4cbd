#pragma once

#include "store/engine/database.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace skurd {

/// In which bands of table observation the rows of a dataset stand. The table is ordered by band first: a release
/// that revises everything writes into pages of its own, not into every page that the table has (README.md). Which
/// band a row stands in follows from the id of its release, so a row has one place.
class DatasetBands {
public:
    /// Those there are: none before a dataset has its first rows, unless an upgrade found it without.
    DatasetBands(Database& database, std::int64_t dataset);

    /// Where rows of that release stand.
    std::int64_t of(std::int64_t release) const;
    const std::vector<std::int64_t>& all() const { return bands_; } ///< ascending
    /// For the newest release, which states that many cells: begins a new band where the last has rows enough.
    void make_room(std::int64_t release, std::size_t cells);

private:
    void begin(std::int64_t band, std::int64_t first_release);

    Database& database_;
    std::int64_t dataset_;
    std::vector<std::int64_t> bands_;
    std::vector<std::int64_t> first_releases_; ///< of each of bands_
};

} // namespace skurd
