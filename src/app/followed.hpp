#pragma once

#include "app/context.hpp"
#include "model/cube.hpp"
#include "model/period.hpp"
#include "model/vintage.hpp"
#include "order/orders.hpp"
#include "order/source_orders.hpp"

#include <string>
#include <vector>

namespace skurd {

/// What an indicator is to be made from: a job that is not there yet, and the series of its dataset.
struct Followed {
    std::string job;      ///< its id, which is free
    std::string job_text; ///< its file: TOML
    std::string formula;
    std::string unit;            ///< of its numbers, as the source says; "" = it does not
    std::string publisher;       ///< "SSB"
    std::vector<Period> periods; ///< that there are numbers for, ascending
    Order harvest;               ///< gets the numbers, once the job file is there
};

/// What a person said of the series wanted.
struct FollowedSelection {
    Selector codes;         ///< by dimension, codes or labels; its dataset does not matter
    std::string for_each{}; ///< the dimension of which each code is an indicator of its own; "" = none
    IndicatorKind kind{}; ///< a share, ratio or score is of one series, a number or amount may be the sum of several
};

/// A table of a source: asks the source for it. Throws Error (usage) that names the dimensions of which a code has to
/// be chosen, with their codes; and what the source refuses.
Followed follow_table(Context& context, const QueriedSource& source, const std::string& table,
                      const FollowedSelection& selection);

/// A file, in the layout that is proposed for it. Throws Error for a file whose proposal is not proved, with what a
/// person should see first.
Followed follow_file(Context& context, const std::string& file, const FollowedSelection& selection);

// What the two have in common.

/// By dimension, in the dimensions' order, the codes that are wanted; of time, and of what a source leaves out, none.
std::vector<std::pair<const Dimension*, std::vector<std::string>>>
chosen_codes(const std::vector<Dimension>& dimensions, const FollowedSelection& selection);

/// Fills in formula, unit and periods.
void describe_series(Followed& followed, const std::string& dataset, const std::vector<Dimension>& dimensions,
                     const FollowedSelection& selection);

/// The first of "id", "id-2", … that no job and no dataset of the installation has.
std::string free_job_id(Context& context, const std::string& id, const std::string& dataset);

} // namespace skurd
