#pragma once

#include "connectors/fhi/decode.hpp"
#include "connectors/fhi/plan.hpp"
#include "connectors/fhi/settings.hpp"
#include "model/cube.hpp"
#include "model/request.hpp"

#include <span>
#include <string>
#include <vector>

namespace skurd {

/// The answers of a run by what they are, told from their addresses; pointers into the responses, nullptr for what
/// has not come.
struct FhiResponses {
    const Response* sources = nullptr;
    const Response* update_list = nullptr; ///< the tables modified lately
    const Response* list = nullptr;        ///< all tables of the source
    const Response* dimensions = nullptr;
    const Response* flags = nullptr;
    const Response* table = nullptr;    ///< one table, alone
    std::vector<const Response*> lists; ///< of all sources, in their order
    std::vector<const Response*> data;

    static FhiResponses sort(std::span<const Response> responses);
};

/// Each reads one kind of answer and throws Error, naming what was asked, for one that is an error, a web page,
/// broken or of another table.
std::vector<FhiSource> read_sources(const Response& response);
std::vector<FhiTable> read_tables(const Response& response, const std::string& source);
std::vector<Dimension> read_dimensions(const Response& response, const std::string& table);

/// Also checks that the codes are those asked for, all of them and no others.
Cube read_data(const Response& response, const std::string& table, const FhiSelection& asked);

/// The legend of a flag answer; empty for one that cannot be read: the numbers are good without.
FhiLegend read_flags(const Response& response);

/// What the source's symbols mean, by its own legend first. Symbols that are not among them are unknown: they are
/// kept as written and noted.
std::map<std::string, Meaning, std::less<>> meanings_of(const FhiLegend& legend);

/// The symbols in the cells that neither the legend nor FHI's usual ones explain.
std::vector<std::string> unexplained(const std::vector<Cube>& cubes, const FhiLegend& legend);

} // namespace skurd
