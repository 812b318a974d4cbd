#pragma once

#include "api/endpoint.hpp"
#include "model/dataset_description.hpp"
#include "model/dataset_summary.hpp"

#include <string>
#include <vector>

namespace skurd {

/// A dimension of a table as PxWebApi shows it; time is the last of them.
struct ServedDimension {
    std::string id;
    std::string label;
    Role role = Role::none;
    std::vector<Category> categories; ///< in the order in which codes stand in the answers
};

/// A dataset as a table of PxWebApi, as it was at the two clocks.
struct ServedTable {
    DatasetSummary dataset;
    std::string id; ///< the dataset's name with "." for "/": "ssb.07459"
    std::string label;
    std::vector<std::string> notes;
    Attribution attribution;
    std::vector<ServedDimension> dimensions;

    const ServedDimension& time() const { return dimensions.back(); }
    std::string time_unit() const; ///< "Annual", "Quarterly", "Monthly", "Weekly" or "Other"
};

/// Of a dimension that is not time: its codes, and the only list that they are of: "ssb.07459.Region".
std::string pxweb_codelist_id(const ServedTable& table, const ServedDimension& dimension);
/// What is told of it: {"id", "label", "type", "links"}.
Json pxweb_codelist_entry(const ServedTable& table, const ServedDimension& dimension);

std::string pxweb_table_id(const std::string& dataset);

/// The table of that id. Throws NothingThereError where there was none then, Error (usage) where two datasets have
/// that id.
ServedTable pxweb_table(const ApiQuestion& question, const std::string& id, const AsOf& as_of);
/// The same of a dataset that is known.
ServedTable pxweb_table_of(const ApiQuestion& question, const DatasetSummary& dataset, const AsOf& as_of);

/// The head of a JSON-stat 2.0 dataset of the table with these categories of its dimensions, as PxWebApi writes it:
/// all but the values.
Json pxweb_jsonstat(const ServedTable& table, const std::vector<std::vector<std::size_t>>& places);

/// `asOf` and `knownAt`.
AsOf pxweb_as_of(const QueryReader& query);
/// Throws Error (usage) for a language that no table has: `no` and `en` are taken.
void check_pxweb_language(const QueryReader& query);

/// {"type": "Parameter error", "title", "status", "detail"}
HttpResponse pxweb_refusal(int status, const std::string& detail);

const std::vector<Endpoint>& pxweb_endpoints();

} // namespace skurd
