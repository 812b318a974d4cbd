#pragma once

#include "connectors/pxweb/decode.hpp"
#include "connectors/pxweb/expression.hpp"
#include "model/cube.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace skurd {

/// What a job selects in one dimension.
struct Wanted {
    std::string dimension;
    std::vector<std::string> expressions; ///< none = leave the dimension out: its total
    std::string codelist;                 ///< "agg_KommSummer"; "" = the table's own codes
    std::string where;                    ///< "file:line"
};

/// A dimension of a Plan.
struct Planned {
    PxwebAsk ask;                   ///< of v2: as the job says, without what is there twice (SSB answers 500 to that)
    std::vector<std::string> codes; ///< that the answer must hold; none where the server does not list them
    std::vector<std::string> gone;  ///< that the job names and the table has no longer
    std::uint64_t count = 0;        ///< of categories; what is not listed counts as the least it can be
    bool is_time = false;
    /// The server made it up for a table without contents, and does not know it when it is asked for.
    bool is_invented = false;
};

/// A job's selection held against the table as its metadata describes it.
struct Plan {
    std::vector<Planned> dimensions;
    std::vector<std::string> left_out; ///< dimensions the job does not name; the answer will not have them

    std::uint64_t cells() const; ///< the largest number there is where it does not fit
};

/// The job's lines, with the line `"*"` once in the name of each dimension that no other line names.
std::vector<Wanted> spelled_out(const std::vector<Wanted>& wanted, const Cube& metadata);

using Codelists = std::map<std::string, std::vector<Category>>; ///< by id

/// For PxWebApi v2. Throws Error, with the job's file and line, for a dimension or code that is not there (but see
/// GoneCodes: then only where none of the codes is), an expression that selects nothing, and a dimension that must be
/// selected and is not. What top() and its like select of a time dimension is sent as codes where the server would
/// select otherwise: it goes by its listing, and by the mark that it gives the dimension itself.
Plan plan_query(const std::string& table, const Cube& metadata, const Codelists& codelists,
                const std::vector<Wanted>& wanted, GoneCodes gone = GoneCodes::refuse,
                const TimeSelection& time = {});

/// The same for v1, where everything is sent as codes: a codelist's must be given, since v1 has no list of them, and
/// so must those of a dimension that the server does not list (`*` and top(n) of time are the exceptions).
Plan plan_query_v1(const std::string& table, const Cube& metadata, const std::vector<Wanted>& wanted,
                   GoneCodes gone = GoneCodes::refuse, const TimeSelection& time = {});

/// A selection of as little as there can be, to see what the server says: one code of each dimension, of time the
/// last, and all that are planned of the dimension `whole`. Empty where a dimension cannot be cut down.
PxwebSelection sample_of(const Plan& plan, const std::string& whole = "");

constexpr std::size_t parts_max = 100;

/// The selections to send, none of more than cells_max cells: one, or the plan cut along its largest dimensions, time
/// last. Throws Error at `where` when that would be more than parts_max.
std::vector<PxwebSelection> parts_of(const Plan& plan, std::uint64_t cells_max, const std::string& table,
                                     const std::string& where);

} // namespace skurd
