#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace skurd {

/// JSON values for output and small inputs of our own making; members keep their order. (nlohmann/json; payloads of
/// sources are read with lib/simdjson instead.)
using Json = nlohmann::ordered_json;

/// On one line; bytes that are not UTF-8 become U+FFFD.
inline std::string json_line(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace skurd
