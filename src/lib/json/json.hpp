#pragma once

#include <nlohmann/json.hpp>

namespace skurd {

/// JSON values for output and small inputs of our own making; members keep their order. (nlohmann/json; payloads of
/// sources are read with lib/simdjson instead.)
using Json = nlohmann::ordered_json;

} // namespace skurd
