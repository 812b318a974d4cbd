#pragma once

#include "tests/sim/sim_table.hpp"
#include "tests/sim/simulator.hpp"

#include <map>
#include <string>

namespace skurd::sim {

/// What may differ between servers of this software, or from day to day; all switchable.
struct SsbHabits {
    std::size_t cells_max = 800'000;
    std::size_t values_max = 50'000;   ///< of one variable; beyond, v1's metadata leave them out
    std::size_t page_size = 20;        ///< of /tables where none is asked for
    std::size_t page_size_max = 1'000; ///< more is answered with as many
    std::size_t url_max = 2'100;       ///< characters of path and query; the gateway answers longer ones with 404
    int too_many_cells = 400;          ///< v2's status; the specification says 403
    int unknown_table_v1 = 404;        ///< or 400, with a body, as the reference source has it
    bool tells_limits = false;         ///< v2's /config says 30 calls per 60 s, else 0 per 0
    bool answers_v2 = true;
    bool answers_v1 = true;
    bool searches_v1 = true;
    bool values_max_alone = false; ///< v1's ?config tells `maxValues` alone, and means cells
    bool overlap_is_500 = false;   ///< what two expressions select, too, may not be asked for twice
    bool old_spelling = false;     ///< "codeLists" in the metadata, else "codelists"
    std::string night;             ///< "0" or ".": what all figures are from 05:00 to 08:00 in Oslo; "" = as always
};

/// What a statbank serves from, as it is during one request.
struct SsbState {
    std::string host_url;
    std::map<std::string, SimTable> tables;
    SsbHabits habits;
    Time now{};
    bool is_night = false; ///< 05:00 to 08:00 in Oslo

    const SimTable* find(const std::string& id) const; ///< nullptr = none
};

constexpr auto v2_path = "/api/pxwebapi/v2";
constexpr auto v1_path = "/api/v0";

/// Answers a request below these paths. Throw Problem.
HttpReply answer_v2(const SsbState& state, const HttpRequest& request);
HttpReply answer_v1(const SsbState& state, const HttpRequest& request);

/// The tables a Lucene-like query finds, by id: words joined by AND, `*` at a word's end, `title:`. LocalizedText are
/// looked for in number, title and the labels of dimensions and categories, after `title:` in number and title alone.
std::vector<const SimTable*> search(const SsbState& state, const std::string& query);

} // namespace skurd::sim
