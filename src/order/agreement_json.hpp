#pragma once

#include "lib/json/json_reader.hpp"
#include "model/agreement.hpp"

namespace skurd {

/// ["withdrawals", "drift", "anomalies"]: what is agreed to.
Json to_json(const Agreement& agreement);

/// The same, from a member of that name; nothing is agreed to where it is missing.
Agreement read_agreement(JsonReader& json, const char* name);

} // namespace skurd
