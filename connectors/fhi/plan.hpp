#pragma once

#include "connectors/fhi/decode.hpp"
#include "connectors/fhi/settings.hpp"
#include "connectors/pxweb/expression.hpp"

#include <map>
#include <string>
#include <vector>

namespace skurd {

/// What is asked of a table, by its own dimensions: all selected codes of each, in requests of at most rows_max
/// cells.
struct FhiPlan {
    std::string time_dimension;
    std::vector<FhiSelection> parts; ///< at least one; they differ in the time dimension alone
    /// By dimension: the codes that the job names and the table has no longer.
    std::map<std::string, std::vector<std::string>> gone;
};

/// The job's lines, with the line `"*"` once in the name of each dimension that no other line names.
std::vector<FhiWanted> spelled_out(const std::vector<FhiWanted>& wanted, const std::vector<Dimension>& dimensions);

/// The codes a job's expressions select in one dimension, in the dimension's order, each once. The dimension must be
/// as in_time_order() gives it. Throws Error with the job's file:line.
std::vector<std::string> selected_codes(const FhiSettings& settings, const FhiWanted& wanted,
                                        const Dimension& dimension);

/// The table's dimensions with the time dimension marked and its categories oldest first, so that `top` is the newest
/// as in every other job. Which one it is says the job, else its name: FHI's sources have a few. Throws Error naming
/// the dimensions where that does not tell.
std::vector<Dimension> in_time_order(const FhiSettings& settings, std::vector<Dimension> dimensions);

/// Whether a dimension of this name is time: the one the job names, else one that is called as FHI's sources call it.
bool is_time(const FhiSettings& settings, std::string_view dimension);

/// Holds the job's selection against the table's dimensions. Throws Error with the job's file:line for a dimension
/// that is not there or not selected, for an expression that selects nothing, and for one period with more than
/// rows_max cells. A code that is not there: see GoneCodes; where none of a dimension's is, it throws too.
FhiPlan plan_fhi(const FhiSettings& settings, std::vector<Dimension> dimensions, GoneCodes gone = GoneCodes::refuse);

} // namespace skurd
