#pragma once

#include "connectors/pxweb/decode.hpp"
#include "connectors/pxweb/plan.hpp"
#include "connectors/pxweb/settings.hpp"
#include "model/cube.hpp"
#include "model/exchange.hpp"

namespace skurd {

/// Reads the answers of a run. Each throws Error, naming the table, for an answer that is an error, a web page,
/// broken, of another table, or not of one piece with the answers before it.

bool same_instant(const std::string& a, const std::string& b);

/// When the next release comes, by what `nextUpdate` says: an instant or a day, or as PX files write it, "20270305
/// 08:00", by a clock unsaid that is taken for UTC. Nothing for anything else.
std::optional<Time> read_next_update(std::string_view text);

/// Whether the answer says that there is no such table.
bool says_not_there(const Response& response);

/// Throws the Error for an answer that is no answer; `what` it was to be: "data".
void check_answer(const PxwebSettings& settings, const std::string& table, const Response& response,
                  const std::string& what);

/// The same for an answer that is a list of tables.
void check_list(const PxwebSettings& settings, const Response& response, const std::string& what);

PxwebTable read_description(const PxwebSettings& settings, const std::string& table, const Response& response);

Cube read_metadata(const PxwebSettings& settings, const Response& response, const PxwebTable& description);

std::vector<Category> read_codelist(const PxwebSettings& settings, const Response& response, const std::string& id);

/// Also checks that it is of the description's table and time.
Cube read_data(const PxwebSettings& settings, const Response& response, const PxwebTable& description);

/// v1: a title and dimensions.
Cube read_metadata_v1(const PxwebSettings& settings, const std::string& table, const Response& response);
Cube read_data_v1(const PxwebSettings& settings, const std::string& table, const Response& response);

/// That the parts together hold every code the plan asks for, and are of one release.
void check_parts(const std::string& table, const std::vector<Cube>& parts, const Plan& plan);

/// The error for a title that `expect` does not match.
std::string wrong_title(const PxwebSettings& settings, const std::string& title);

} // namespace skurd
