#pragma once

#include "base/decimal.hpp"
#include "config/section.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd::sim {

struct SimCategory {
    std::string code;
    std::string label;
    std::string unit;
    int decimals = 0;
    std::string parent = {}; ///< the code above it in a tree; "" = at the top
};

/// A grouping of one dimension's codes, or a subset of them.
struct SimCodelist {
    struct Value {
        std::string code;
        std::string label;
        std::vector<std::size_t> members; ///< positions in the dimension
    };

    std::string id; ///< "agg_KommFylker" or "vs_Fylker"; case-sensitive
    std::string label;
    std::string dimension;
    std::vector<Value> values;
};

struct SimDimension {
    std::string id;
    std::string label;
    std::string role; ///< "time", "metric", "geo" or ""
    bool elimination = false;
    std::string elimination_value; ///< the code an eliminated dimension stands at; "" = it is summed
    std::vector<SimCategory> categories;
};

/// What stands in one cell: a number, a symbol, both, or neither.
struct SimValue {
    std::optional<Decimal> number;
    std::string symbol;

    static SimValue read(const std::string& text); ///< as in SimTable::cells
};

/// What a publication changes.
struct SimChanges {
    std::map<std::string, std::string> cells;              ///< as SimTable::cells
    std::map<std::string, std::vector<std::string>> codes; ///< dimension -> codes added at its end
};

/// A table of the simulated statbank. The file form is described in README.md.
struct SimTable {
    std::string id;
    std::string title; ///< without number and span of periods, which the label adds
    std::string updated;
    std::string source;
    std::string time_unit;
    bool discontinued = false;
    bool marks_time = true; ///< false: its time dimension is one like others, as of a PX file without TIMEVAL
    bool aggregation_allowed = true; ///< v1 refuses groupings where not
    std::string listed;            ///< what lists and the description say of `updated`, where the search index lags;
                                   ///< "" = the same, "none" = nothing: then no list of changes has it
    std::string stated;            ///< what metadata and data say of it; "" = the same
    std::string stated_by_data;    ///< what the data say of it; "" = as the metadata
    std::vector<std::string> path; ///< the subjects it lies under, outermost first: "be", "folkemengde"
    std::vector<std::string> notes;
    std::vector<SimDimension> dimensions;
    std::vector<SimCodelist> codelists;
    /// Listed cells: the codes in the order of the dimensions joined by commas -> what is published there: "12.5",
    /// "." (a symbol), "12*" (a number with a symbol), "" (nothing at all). All others follow the rule: a number
    /// between least and most (in units of the last decimal) that depends on the codes alone.
    std::map<std::string, std::string> cells;
    std::int64_t least = 100;
    std::int64_t most = 99'999;

    /// Throws Error with file:line.
    static SimTable read(Section file);

    void apply(const SimChanges& changes); ///< Throws Error for a dimension or cell that is not there.

    const SimDimension& time() const;
    const SimCodelist* codelist(const std::string& codelist_id) const; ///< nullptr = none
    std::string label() const; ///< "07459: Befolkning, etter region 2010-2025"
    SimValue value_at(const std::vector<std::size_t>& positions) const;
};

} // namespace skurd::sim
