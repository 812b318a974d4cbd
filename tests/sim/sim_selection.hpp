#pragma once

#include "tests/sim/http_server.hpp"
#include "tests/sim/sim_table.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace skurd::sim {

/// Thrown inside the simulator: the request ends with this reply.
struct Problem {
    HttpReply reply;
};

/// The error body of PxWebApi v2: {"type":"Parameter error","title":…,"status":…}. The status in the body and that of
/// the answer differ for an unknown table asked for its data.
Problem parameter_error(const std::string& title, int http_status = 400, int body_status = 0);

/// What a request asks of one variable, as written.
struct SimAsk {
    std::string variable;
    std::vector<std::string> expressions;
};

/// The selections of GET parameters `valueCodes[Var]=a,[range(1,2)]`, or of a POST body. Throws Problem.
std::vector<SimAsk> asks_of_query(const std::multimap<std::string, std::string>& params);
std::vector<SimAsk> asks_of_body(const std::string& body);

/// For each dimension of the table the positions selected, ascending; none = eliminated. Throws Problem as the server
/// of Statistics Norway answers, its spelling included.
std::vector<std::vector<std::size_t>> select(const SimTable& table, const std::vector<SimAsk>& asks,
                                             std::size_t cells_max);

} // namespace skurd::sim
