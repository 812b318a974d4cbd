#pragma once

#include "model/indicator.hpp"
#include "model/left_out.hpp"
#include "model/vintage.hpp"
#include "store/store_session.hpp"

#include <string>
#include <vector>

namespace skurd {

/// The numbers that the indicator's definition in force at the two clocks leaves out of the series that it reads:
/// those that its formula names, and those of the definitions it goes on from; ascending. The definition is the last
/// that names the series.
std::vector<LeftOut> left_out_by(const StoreSession& store, const Indicator& indicator, const AsOf& as_of);

/// The same of all indicators, in the series of one dataset. Read from the store where it is asked for now
/// and the last evaluation was of the same; else found out anew, which takes two reads of each series that an
/// indicator names.
std::vector<LeftOut> left_out_of(const StoreSession& store, const Catalogue& catalogue, const std::string& dataset,
                                 const AsOf& as_of);

} // namespace skurd
