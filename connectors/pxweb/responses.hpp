#pragma once

#include "connectors/pxweb/decode.hpp"
#include "connectors/pxweb/plan.hpp"
#include "connectors/pxweb/settings.hpp"
#include "model/cube.hpp"
#include "model/request.hpp"

namespace skurd {

/// Reads the answers of a run. Each throws Error, naming the table, for an answer that is an error, a web page,
/// broken, of another table, or not of one piece with the answers before it.

/// Whether the answer says that there is no such table.
bool says_not_there(const Response& response);

/// Throws the Error for an answer that is no answer; `what` it was to be: "data".
void check_answer(const PxwebSettings& settings, const std::string& table, const Response& response,
                  const std::string& what);

/// The same for an answer that is a list of tables.
void check_list(const PxwebSettings& settings, const Response& response, const std::string& what);

PxwebTable read_description(const PxwebSettings& settings, const std::string& table, const Response& response);

Cube read_metadata(const PxwebSettings& settings, const Response& response, const std::string& table);

std::vector<Category> read_codelist(const PxwebSettings& settings, const Response& response, const std::string& id);

Cube read_data(const PxwebSettings& settings, const Response& response, const std::string& table);

/// v1: a title and dimensions.
Cube read_metadata_v1(const PxwebSettings& settings, const std::string& table, const Response& response);
Cube read_data_v1(const PxwebSettings& settings, const std::string& table, const Response& response);

/// The dimension of contents; "" = none has that role.
std::string contents_of(const Cube& cube);

/// A part of the data: of which contents, and when it says they were updated.
struct PartStamp {
    std::string contents;
    std::string updated;
};
/// Of decoded parts.
std::vector<PartStamp> stamps_of(const std::vector<Cube>& parts);

/// Two parts of different releases, by their stamps: of the same contents they must be the same. nullptr = none.
const PartStamp* part_of_another_release(const PxwebSettings& settings, const std::vector<PartStamp>& parts);

/// That the parts together hold every code the plan asks for, and are of one release.
void check_parts(const PxwebSettings& settings, const std::string& table, const std::vector<Cube>& parts,
                 const Plan& plan);

/// The error for a title that `expect` does not match.
std::string wrong_title(const PxwebSettings& settings, const std::string& title);

} // namespace skurd
