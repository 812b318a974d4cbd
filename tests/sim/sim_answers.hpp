#pragma once

#include "lib/json/json.hpp"
#include "tests/sim/sim_table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace skurd::sim {

/// The bodies PxWebApi v2 sends, in the shape Statistics Norway gives them.

std::string config_body(std::size_t cells_max);

/// `/tables/{id}` and, without `language`, an item of `/tables`.
Json table_item(const SimTable& table, const std::string& base_url, const std::string& language);

/// `/tables/{id}/metadata`: json-stat2 with an empty `value`.
std::string metadata_body(const SimTable& table, const std::string& language);

/// `/tables/{id}/data` as json-stat2. For each dimension the positions asked for; none = eliminated.
std::string data_body(const SimTable& table, const std::vector<std::vector<std::size_t>>& selection,
                      const std::string& language);

} // namespace skurd::sim
