#pragma once

#include "tests/sim/sim_fhi.hpp"
#include "tests/sim/sim_values.hpp"

#include <string>

namespace skurd::sim {

/// What goes wrong at FHI, as the habits say it.
Problem fhi_problem(int status, const std::string& detail, const FhiHabits& habits);

Json fhi_table_item(const SimFhiTable& table);
std::string fhi_query_body(const SimFhiTable& table); ///< /query: a body for /data with everything in it
std::string fhi_dimension_body(const SimFhiTable& table, const FhiHabits& habits);
std::string fhi_flag_body(const SimFhiTable& table, const FhiHabits& habits);
std::string fhi_metadata_body(const SimFhiTable& table);

/// Answers a body sent to /data. Throws Problem.
std::string fhi_data_body(const SimFhiTable& table, const std::string& asked, const FhiHabits& habits);

} // namespace skurd::sim
