#pragma once

#include "decode/pxweb.hpp"
#include "model/cube.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace skurd {

/// More cells than this in one answer are refused by SSB (its /config, maxDataCells).
constexpr std::uint64_t ssb_cells_max = 800'000;

/// What a job selects in one dimension.
struct Wanted {
    std::string dimension;
    std::vector<std::string> expressions;
    std::string where; ///< "file:line"
};

/// A job's selection held against the table as its metadata describes it.
struct Plan {
    PxwebSelection ask;    ///< what to send: as the job says, without what is there twice (SSB answers 500 to that)
    PxwebSelection expect; ///< the codes the answer must hold
    std::vector<std::string> left_out; ///< dimensions the job does not name; the answer will not have them
};

/// Throws Error, with the job's file and line, for a dimension or code that is not there, an expression that selects
/// nothing, a dimension that must be selected and is not, and for more than ssb_cells_max cells.
Plan plan_query(const std::string& table, const Cube& metadata, const std::vector<Wanted>& wanted);

} // namespace skurd
