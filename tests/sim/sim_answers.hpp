#pragma once

#include "lib/json/json.hpp"
#include "tests/sim/sim_values.hpp"
#include "tests/sim/ssb_state.hpp"

#include <string>

namespace skurd::sim {

/// The bodies PxWebApi sends, in the shape Statistics Norway gives them.

std::string config_body(const SsbHabits& habits);

/// `/tables/{id}` and, without `language`, an item of `/tables`.
Json table_item(const SsbState& state, const SimTable& table, const std::string& language);

/// `/tables/{id}/metadata`: json-stat2 with an empty `value`.
std::string metadata_body(const SsbState& state, const SimTable& table, const SimSelection& selection,
                          const std::string& language);

/// `/tables/{id}/data` as json-stat2.
std::string data_body(const SsbState& state, const SimTable& table, const SimSelection& selection,
                      const std::string& language);

/// The same as v1 gives it: fewer members, and the last ones first in v2.
std::string data_body_v1(const SsbState& state, const SimTable& table, const SimSelection& selection);

/// `/codelists/{id}`.
std::string codelist_body(const SimTable& table, const SimCodelist& codelist, const std::string& language);

} // namespace skurd::sim
