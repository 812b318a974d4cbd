#pragma once

#include "config/installation.hpp"
#include "model/indicator.hpp"

#include <string>
#include <vector>

namespace skurd {

/// The catalogue of an installation: its folder of indicators, or the one compiled in. Throws Error (usage) with
/// file:line.
Catalogue load_catalogue(const Installation& installation);

/// All there is to say against an installation's catalogue, with file and line; empty when it is good.
std::vector<std::string> catalogue_errors(const Installation& installation);

} // namespace skurd
