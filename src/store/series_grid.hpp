#pragma once

#include "store/engine/database.hpp"
#include "version/coverage.hpp"
#include "version/hashes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace skurd {

/// The series of a dataset in canonical order: by the codes of their categories, dimensions in the order of their
/// ids.
class SeriesList {
public:
    using Ranks = std::span<const std::int32_t>; ///< a series' category in each dimension, `lacking` where none
    static constexpr std::int32_t lacking = -1;

    SeriesList(Database& database, std::int64_t dataset);

    std::size_t size() const { return order_.size(); }
    std::int64_t id(std::size_t place) const { return ids_[order_[place]]; }
    Ranks ranks(std::size_t place) const;

    struct Dimension {
        std::int64_t id = 0;
        std::string code;
        std::vector<std::string> codes; ///< of its categories, ascending: by rank
    };
    const std::vector<Dimension>& dimensions() const { return dimensions_; } ///< ascending by code

private:
    void read_dimensions(Database& database, std::int64_t dataset);
    void read_series(Database& database, std::int64_t dataset);

    std::vector<Dimension> dimensions_;
    std::vector<std::vector<std::pair<std::int64_t, std::int32_t>>> ranks_by_id_; ///< of each dimension; by category
    std::vector<std::int64_t> ids_;
    std::vector<std::int32_t> ranks_; ///< of series after series
    std::vector<std::size_t> order_;  ///< indexes into ids_
};

/// The grid that a release's stated cells span: what its value hash goes through. A release may say of series only
/// that they are gone; these span nothing.
class ReleaseGrid {
public:
    /// Throws Error where a stated series is not in the list, or lacks a dimension that others have.
    ReleaseGrid(const SeriesList& series, const StatedCells& stated);

    std::size_t series_count() const { return count_; } ///< stated or not
    /// Where a series that the release speaks of stands, from 0; ascending in canonical order. Nothing for one
    /// outside.
    std::optional<std::size_t> position(SeriesList::Ranks ranks) const;
    void begin(ValueHash& hash, const SeriesList& series) const; ///< gives it the dimensions

private:
    struct Axis {
        std::size_t dimension = 0;
        std::vector<std::int32_t> positions; ///< by rank; SeriesList::lacking for a category that is not stated
        std::size_t size = 0;
    };
    std::vector<Axis> axes_;
    std::size_t count_ = 1;
};

} // namespace skurd
