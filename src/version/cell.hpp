#pragma once

#include "base/decimal.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace skurd {

/// What one release said of one cell of a series at hand: a row of table observation.
struct StoredCell {
    std::int64_t period = 0;
    std::int64_t vintage = 0;
    std::optional<Decimal> number;
    std::int64_t status = 0;
};

/// What releases up to some place in the timeline leave of one cell of a series at hand.
struct CellState {
    std::int64_t period = 0;
    std::optional<Decimal> number;
    std::int64_t status = 0;
    std::int64_t vintage = 0; ///< whose row says so; 0 where there is none

    friend bool operator==(const CellState&, const CellState&) = default;
};

/// Whether both are the same word on the cell, by whichever release.
inline bool says_the_same(const CellState& a, const CellState& b)
{
    return a.period == b.period && a.number == b.number && a.status == b.status;
}

/// The same with what a release that is put in at that place needs to know of those after it.
struct PriorCell {
    CellState state;                     ///< without a number and withdrawn where nothing was ever said
    std::vector<std::size_t> later_rows; ///< ascending places of later releases that have a row for the cell
    bool was_spoken_of = true;           ///< some release has a row for it
    std::size_t row_place = 0;           ///< of the release it has been so since; 0 where rows were not read
};

} // namespace skurd
