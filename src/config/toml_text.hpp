#pragma once

#include "model/configuration.hpp"

#include <string>

namespace skurd {

std::string toml_text(const ConfigurationKey::Value& value); ///< as a file would have it

} // namespace skurd
