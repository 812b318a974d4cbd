#pragma once

#include "lib/json/json.hpp"

#include <string>
#include <vector>

namespace skurd {

/// A parameter of a query as OpenAPI describes it: {"name", "in", "description", "schema"}. Throws Error for a name
/// that is in no endpoint's table.
Json described_parameter(const std::string& name);

} // namespace skurd
