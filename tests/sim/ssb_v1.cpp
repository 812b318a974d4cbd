#include "base/text.hpp"
#include "tests/sim/sim_answers.hpp"
#include "tests/sim/ssb_state.hpp"

#include <algorithm>
#include <set>

namespace skurd::sim {

namespace {

Problem v1_problem(const std::string& text, int status = 400)
{
    return {json_reply(Json({{"error", text}}).dump(), status)};
}

Problem variable_problem(const std::string& variable)
{
    return v1_problem("The request for variable '" + variable + "' has an error. Please check your query.");
}

/// Whether the request has a query parameter without a value, "?config".
bool asks_for(const HttpRequest& request, const std::string& word)
{
    return std::any_of(request.params.begin(), request.params.end(),
                       [&](const auto& param) { return to_lower(param.first) == word; });
}

Json config_json(const SsbHabits& habits)
{
    if (habits.values_max_alone)
        return {{"maxValues", habits.cells_max}, {"maxCalls", 300}, {"timeWindow", 60}, {"CORS", true}};
    return {{"maxValues", habits.values_max},
            {"maxCells", habits.cells_max},
            {"maxCalls", 300},
            {"timeWindow", 60},
            {"CORS", true}};
}

Json metadata_json(const SimTable& table, const SsbHabits& habits)
{
    Json json = {{"title", table.id + ": " + table.title}, {"variables", Json::array()}};
    for (const auto& dimension : table.dimensions) {
        Json variable = {
            {"code", dimension.id}, {"text", dimension.label}, {"values", nullptr}, {"valueTexts", nullptr}};
        if (dimension.categories.size() <= habits.values_max) {
            variable["values"] = Json::array();
            variable["valueTexts"] = Json::array();
            for (const auto& category : dimension.categories) {
                variable["values"].push_back(category.code);
                variable["valueTexts"].push_back(category.label);
            }
        }
        if (dimension.elimination)
            variable["elimination"] = true;
        if (dimension.role == "time" && table.marks_time)
            variable["time"] = true;
        json["variables"].push_back(variable);
    }
    return json;
}

std::vector<SimGroup> items(const std::vector<SimGroup>& options, const std::vector<std::string>& values,
                            const std::string& variable)
{
    std::set<std::size_t> positions;
    for (const auto& value : values) {
        const auto found =
            std::find_if(options.begin(), options.end(), [&](const auto& group) { return group.code == value; });
        if (found == options.end() || !positions.insert(static_cast<std::size_t>(found - options.begin())).second)
            throw variable_problem(variable);
    }
    std::vector<SimGroup> groups;
    groups.reserve(positions.size());
    for (const auto position : positions)
        groups.push_back(options[position]);
    return groups;
}

/// `*` and `03*`; a question mark stands for itself.
std::vector<SimGroup> all(const SimDimension& dimension, const std::vector<std::string>& patterns)
{
    const auto escaped_fits = [](const std::string& code, const std::string& pattern) {
        return pattern.find('?') == std::string::npos && matches_glob(code, pattern);
    };
    std::vector<SimGroup> groups;
    for (std::size_t i = 0; i < dimension.categories.size(); ++i)
        if (std::any_of(patterns.begin(), patterns.end(),
                        [&](const auto& pattern) { return escaped_fits(dimension.categories[i].code, pattern); }))
            groups.push_back(single(dimension, i));
    return groups;
}

std::vector<SimGroup> top(const SimDimension& dimension, const std::vector<std::string>& values)
{
    if (values.size() != 1 || !all_digits(values[0]) || values[0].size() > 6 || std::stoul(values[0]) == 0)
        throw variable_problem(dimension.id);
    const auto size = dimension.categories.size();
    const auto count = std::min<std::size_t>(std::stoul(values[0]), size);
    const auto first = dimension.role == "time" ? size - count : 0;
    std::vector<SimGroup> groups;
    for (auto i = first; i < first + count; ++i)
        groups.push_back(single(dimension, i));
    return groups;
}

/// "agg:X" and "agg_single:X" are v2's code list "agg_X", "vs:X" is "vs_X".
std::vector<SimGroup> grouped(const SimTable& table, const SimDimension& dimension, const std::string& filter,
                              const std::vector<std::string>& values)
{
    const auto colon = filter.find(':');
    const bool is_aggregation = filter.starts_with("agg");
    const auto* codelist = table.codelist((is_aggregation ? "agg_" : "vs_") + filter.substr(colon + 1));
    if (!codelist || codelist->dimension != dimension.id || (is_aggregation && !table.aggregation_allowed))
        throw variable_problem(dimension.id);
    std::vector<SimGroup> options;
    for (const auto& value : codelist->values)
        options.push_back({value.code, value.label, value.members});
    return items(options, values, dimension.id);
}

std::vector<SimGroup> groups_of(const SimTable& table, const SimDimension& dimension, const Json& selection)
{
    const std::string filter = selection.at("filter");
    const std::vector<std::string> values = selection.at("values");
    std::vector<SimGroup> groups;
    if (filter == "item")
        groups = items(all_of(dimension).groups, values, dimension.id);
    else if (filter == "all")
        groups = all(dimension, values);
    else if (filter == "top")
        groups = top(dimension, values);
    else if (filter.starts_with("agg:") || filter.starts_with("agg_single:") || filter.starts_with("vs:"))
        groups = grouped(table, dimension, filter, values);
    if (groups.empty())
        throw variable_problem(dimension.id);
    return groups;
}

/// What is left out is eliminated where it can be, and whole where not.
SimSelection select(const SimTable& table, const Json& query)
{
    std::vector<SimChoice> choices;
    for (const auto& dimension : table.dimensions)
        choices.push_back(dimension.elimination ? eliminated(dimension) : all_of(dimension));
    for (const auto& item : query.at("query")) {
        const std::string code = item.at("code");
        const auto found = std::find_if(table.dimensions.begin(), table.dimensions.end(),
                                        [&](const auto& dimension) { return dimension.id == code; });
        if (found == table.dimensions.end())
            throw v1_problem("Parameter error");
        choices[static_cast<std::size_t>(found - table.dimensions.begin())] = {
            groups_of(table, *found, item.at("selection")), true};
    }
    return in_table_order(std::move(choices));
}

HttpReply answer_query(const SsbState& state, const SimTable& table, const std::string& body)
{
    try {
        const auto query = Json::parse(body);
        const auto selection = select(table, query);
        if (query.value("response", Json::object()).value("format", "json-stat2") != "json-stat2")
            throw v1_problem("Parameter error");
        if (selection.cells() > state.habits.cells_max)
            throw v1_problem("Too many values selected", 403);
        return json_reply(data_body_v1(state, table, selection));
    } catch (const Json::exception&) {
        throw v1_problem("Parameter error");
    }
}

HttpReply answer_search(const SsbState& state, const HttpRequest& request)
{
    if (!state.habits.searches_v1)
        throw v1_problem("Search not activated");
    Json json = Json::array();
    for (const auto* table : search(state, request.params.find("query")->second))
        json.push_back({{"id", table->id},
                        {"path", "/" + join(table->path, "/")},
                        {"title", table->id + ": " + table->title},
                        {"score", 1.0},
                        {"published", table->updated.substr(0, table->updated.size() - 1)}});
    return json_reply(json.dump());
}

/// A folder of the menu: its subfolders, then its tables.
Json folder_json(const SsbState& state, const std::vector<std::string>& path)
{
    std::set<std::string> folders;
    Json tables = Json::array();
    for (const auto& [id, table] : state.tables) {
        if (table.path.size() < path.size() || !std::equal(path.begin(), path.end(), table.path.begin()))
            continue;
        if (table.path.size() > path.size())
            folders.insert(table.path[path.size()]);
        else
            tables.push_back({{"id", id},
                              {"type", "t"},
                              {"text", id + ": " + table.title},
                              {"updated", table.updated.substr(0, table.updated.size() - 1)}});
    }
    Json json = Json::array();
    for (const auto& folder : folders)
        json.push_back({{"id", folder}, {"type", "l"}, {"text", folder}});
    json.insert(json.end(), tables.begin(), tables.end());
    return json;
}

} // namespace

HttpReply answer_v1(const SsbState& state, const HttpRequest& request)
{
    std::vector<std::string> parts;
    for (const auto part : split(std::string_view(request.path).substr(std::string_view(v1_path).size()), '/'))
        if (!part.empty())
            parts.emplace_back(part);
    if (parts.empty() || (parts[0] != "no" && parts[0] != "en"))
        throw v1_problem("Parameter error");
    if (asks_for(request, "config"))
        return json_reply(config_json(state.habits).dump());
    if (parts.size() == 1)
        return json_reply(R"([{"id":"table","type":"l","text":"Statistikkbanken"}])");
    if (parts[1] != "table")
        throw v1_problem("Parameter error");
    if (asks_for(request, "query"))
        return answer_search(state, request);
    if (const auto* table = state.find(parts.back()))
        return request.method == "POST" ? answer_query(state, *table, request.body)
                                        : json_reply(metadata_json(*table, state.habits).dump());
    const auto folder = folder_json(state, {parts.begin() + 2, parts.end()});
    if (parts.size() == 2 || (!folder.empty() && request.method == "GET"))
        return json_reply(folder.dump());
    if (state.habits.unknown_table_v1 == 400)
        throw v1_problem("Parameter error");
    throw Problem{status_reply(state.habits.unknown_table_v1, "")};
}

} // namespace skurd::sim
