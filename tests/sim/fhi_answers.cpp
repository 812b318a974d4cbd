#include "tests/sim/fhi_answers.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"

#include <algorithm>
#include <set>

namespace skurd::sim {

namespace {

Json tree(const SimDimension& dimension, const std::string& parent, const FhiHabits& habits)
{
    Json categories = Json::array();
    for (const auto& category : dimension.categories)
        if (category.parent == parent)
            categories.push_back({{"label", category.label},
                                  {"value", category.code},
                                  {"frequency", 1},
                                  {"children", tree(dimension, category.code, habits)}});
    return categories.empty() && habits.null_children && !parent.empty() ? Json() : categories;
}

std::size_t position_of(const SimDimension& dimension, const std::string& code, const FhiHabits& habits)
{
    for (std::size_t i = 0; i < dimension.categories.size(); ++i)
        if (dimension.categories[i].code == code)
            return i;
    throw fhi_problem(400, fmt::format("Dimension {} has no category {}", dimension.id, code), habits);
}

/// The number of a filter `top` or `bottom`: FHI counts from the first and from the last category.
std::size_t count_of(const std::vector<std::string>& values, const FhiHabits& habits)
{
    if (values.size() != 1 || !all_digits(values[0]) || values[0].size() > 9 || values[0] == "0")
        throw fhi_problem(400, "A top filter takes one positive number", habits);
    return std::stoul(values[0]);
}

SimChoice choose(const SimDimension& dimension, const std::string& filter, const std::vector<std::string>& values,
                 const FhiHabits& habits)
{
    const auto size = dimension.categories.size();
    std::set<std::size_t> positions;
    if (values.empty())
        throw fhi_problem(400, "No values for dimension " + dimension.id, habits);
    if (filter == "item") {
        for (const auto& code : values)
            positions.insert(position_of(dimension, code, habits));
    } else if (filter == "all") {
        for (const auto& pattern : values)
            for (std::size_t i = 0; i < size; ++i)
                if (matches_glob(dimension.categories[i].code, pattern))
                    positions.insert(i);
    } else if (filter == "top" || (filter == "bottom" && habits.knows_bottom)) {
        const auto count = std::min(count_of(values, habits), size);
        for (std::size_t i = 0; i < count; ++i)
            positions.insert(filter == "top" ? i : size - 1 - i);
    } else {
        throw fhi_problem(400, "Unknown filter " + filter, habits);
    }
    if (positions.empty())
        throw fhi_problem(400, "No category of dimension " + dimension.id + " fits", habits);
    SimChoice choice;
    for (const auto position : positions)
        choice.groups.push_back(single(dimension, position));
    return choice;
}

SimSelection select(const SimTable& table, const Json& asked, const FhiHabits& habits)
{
    std::map<std::string, SimChoice> chosen;
    for (const auto& item : asked.at("dimensions")) {
        const std::string code = item.at("code");
        const auto dimension = std::find_if(table.dimensions.begin(), table.dimensions.end(),
                                            [&](const auto& d) { return d.id == code; });
        if (dimension == table.dimensions.end())
            throw fhi_problem(400, "Unknown dimension " + code, habits);
        if (!chosen.emplace(code, choose(*dimension, item.at("filter"), item.at("values"), habits)).second)
            throw fhi_problem(400, "Dimension " + code + " is given twice", habits);
    }
    std::vector<SimChoice> choices;
    for (const auto& dimension : table.dimensions) {
        if (!chosen.contains(dimension.id))
            throw fhi_problem(400, "Dimension " + dimension.id + " is missing", habits);
        choices.push_back(chosen.at(dimension.id));
    }
    return in_table_order(std::move(choices));
}

Json dimension_json(const SimDimension& dimension, const SimChoice& choice)
{
    Json category = {{"index", Json::array()}, {"label", Json::object()}};
    for (const auto& group : choice.groups) {
        category["index"].push_back(group.code);
        category["label"][group.code] = group.label;
        if (dimension.role == "metric")
            category["unit"][group.code] = {{"decimals", nullptr},
                                            {"label", dimension.categories[group.members[0]].unit},
                                            {"symbol", nullptr},
                                            {"position", nullptr}};
    }
    return {{"label", dimension.label}, {"category", category}};
}

/// Time is never marked.
Json role_json(const SimTable& table)
{
    Json role = {{"time", nullptr}, {"geo", nullptr}, {"metric", nullptr}};
    for (const auto& dimension : table.dimensions)
        if (dimension.role == "geo" || dimension.role == "metric")
            role[dimension.role].push_back(dimension.id);
    return role;
}

std::string value_text(const SimValue& value)
{
    if (!value.symbol.empty())
        return Json(value.symbol).dump();
    return value.number ? number_text(*value.number) : "null";
}

std::string dataset(const SimFhiTable& table, const SimSelection& selection, const FhiHabits& habits)
{
    const auto published = table.table.updated.substr(0, std::string("2026-04-27T05:00:00").size());
    Json json = {{"class", "dataset"},
                 {"version", "2.0"},
                 {"href", nullptr},
                 {"label", std::string(trim(table.table.title))},
                 {"updated", published + ".7706326+00:00"},
                 {"source", nullptr},
                 {"id", Json::array()},
                 {"size", Json::array()},
                 {"role", role_json(table.table)},
                 {"dimension", Json::object()},
                 {"value", "VALUES"},
                 {"status", ""}};
    for (const auto i : selection.order) {
        const auto& dimension = table.table.dimensions[i];
        json["id"].push_back(dimension.id);
        json["size"].push_back(selection.choices[i].groups.size());
        json["dimension"][dimension.id] = dimension_json(dimension, selection.choices[i]);
    }
    for (const auto& [symbol, meaning] : table.flags) {
        json["extension"]["flags"]["index"].push_back(symbol);
        json["extension"]["flags"]["label"][symbol] = meaning;
    }
    std::vector<std::string> values;
    for (const auto& value : values_of(table.table, selection))
        values.push_back(value_text(value));
    const auto body = replace_all(json.dump(), "\"VALUES\"", "[" + join(values, ",") + "]");
    return (habits.bom ? "\xef\xbb\xbf" : "") + body;
}

} // namespace

Problem fhi_problem(int status, const std::string& detail, const FhiHabits& habits)
{
    const std::string title = status == 404 ? "Not Found" : status == 405 ? "Method Not Allowed" : "Bad Request";
    const Json problem = {{"type", "https://tools.ietf.org/html/rfc9110"},
                          {"title", title},
                          {"status", status},
                          {"detail", detail},
                          {"traceId", "00-0-0-00"}};
    switch (habits.errors) {
    case FhiHabits::Errors::problem_json:
        return {{status, "application/problem+json; charset=utf-8", {}, problem.dump(), {}}};
    case FhiHabits::Errors::json_message:
        return {json_reply(Json({{"message", detail}}).dump(), status)};
    case FhiHabits::Errors::plain:
        return {status_reply(status, detail)};
    case FhiHabits::Errors::empty:
        break;
    }
    return {status_reply(status, "")};
}

Json fhi_table_item(const SimFhiTable& table)
{
    return {{"tableId", std::stol(table.table.id)},
            {"title", table.table.title},
            {"publishedAt", table.table.updated},
            {"modifiedAt", table.modified.empty() ? Json() : Json(table.modified)}};
}

std::string fhi_query_body(const SimFhiTable& table)
{
    Json json = {{"dimensions", Json::array()}, {"response", {{"format", "json-stat2"}, {"maxRowCount", 50'000}}}};
    for (const auto& dimension : table.table.dimensions) {
        Json values = Json::array();
        for (const auto& category : dimension.categories)
            values.push_back(category.code);
        json["dimensions"].push_back({{"code", dimension.id}, {"filter", "item"}, {"values", values}});
    }
    return json.dump();
}

std::string fhi_dimension_body(const SimFhiTable& table, const FhiHabits& habits)
{
    Json json = {{"dimensions", Json::array()}};
    for (const auto& dimension : table.table.dimensions)
        json["dimensions"].push_back({{"code", dimension.id},
                                      {"label", dimension.label},
                                      {"expectedFrequency", 1},
                                      {"categories", tree(dimension, "", habits)}});
    return json.dump();
}

std::string fhi_flag_body(const SimFhiTable& table, const FhiHabits& habits)
{
    Json json = Json::array();
    for (const auto& [symbol, meaning] : table.flags)
        json.push_back({{"title", habits.flag_symbol_in_text ? meaning : symbol},
                        {"text", habits.flag_symbol_in_text ? symbol : meaning}});
    return json.dump();
}

std::string fhi_metadata_body(const SimFhiTable& table)
{
    const Json json = {{"name", table.table.title},
                       {"isOfficialStatistics", true},
                       {"paragraphs", {{{"header", "Om statistikken"}, {"content", table.about}}}}};
    return json.dump();
}

std::string fhi_data_body(const SimFhiTable& table, const std::string& asked, const FhiHabits& habits)
{
    const auto json = Json::parse(asked, nullptr, false);
    try {
        if (json.is_discarded())
            throw fhi_problem(400, "The body is not JSON", habits);
        const auto selection = select(table.table, json, habits);
        const auto response = json.value("response", Json::object());
        if (response.value("format", "json-stat2") != "json-stat2")
            throw fhi_problem(400, "Unsupported format", habits);
        for (const auto most : {response.value("maxRowCount", std::size_t(0)), habits.rows_max})
            if (most > 0 && selection.cells() > most)
                throw fhi_problem(
                    400, fmt::format("The result has {} rows, more than maxRowCount {}", selection.cells(), most),
                    habits);
        return dataset(table, selection, habits);
    } catch (const Json::exception&) {
        throw fhi_problem(400, "The query is not of the expected form", habits);
    }
}

} // namespace skurd::sim
