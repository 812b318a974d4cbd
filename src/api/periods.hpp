#pragma once

#include "api/store_reader.hpp"
#include "lib/json/json.hpp"

#include <memory>
#include <string>

namespace skurd {

/// The periods that a dataset had observations of at the two clocks, as texts, ascending; made once for a commit.
std::shared_ptr<const Json> periods_at(const StoreReading& reading, const std::string& dataset, const AsOf& as_of);

} // namespace skurd
