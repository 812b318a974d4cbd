#pragma once

#include "tests/sim/sim_values.hpp"
#include "tests/sim/ssb_state.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace skurd::sim {

/// The error body of PxWebApi v2: {"type":"Parameter error","title":…,"status":…}. The status in the body and that of
/// the answer differ for an unknown table asked for its data.
Problem parameter_error(const std::string& title, int http_status = 400, int body_status = 0);

/// What a request asks of one variable, as written.
struct SimAsk {
    std::string variable;
    std::vector<std::string> expressions;
    std::string codelist; ///< "" = none
};

struct SimQuery {
    std::vector<SimAsk> asks;
    std::vector<std::string> heading; ///< variables
    std::vector<std::string> stub;
};

/// GET parameters `valueCodes[Var]=a,[range(1,2)]`, `codelist[Var]=…` (which alone does nothing), `heading`, `stub`;
/// or a POST body. Throws Problem.
SimQuery query_of_params(const std::multimap<std::string, std::string>& params);
SimQuery query_of_body(const std::string& body);

/// Throws Problem as the server of Statistics Norway answers, its spelling included.
SimSelection select(const SimTable& table, const SimQuery& query, const SsbHabits& habits);

/// All of a table, with the code lists of `codelist[Var]` in place of its codes. Throws Problem.
SimSelection select_all(const SimTable& table, const std::multimap<std::string, std::string>& params);

} // namespace skurd::sim
