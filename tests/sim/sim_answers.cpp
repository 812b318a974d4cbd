#include "tests/sim/sim_answers.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd::sim {

namespace {

/// Members of an index stand in no useful order, as at the real server: here by code.
Json category_json(const SimDimension& dimension, const SimChoice& choice)
{
    std::map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < choice.groups.size(); ++i)
        index[choice.groups[i].code] = i;
    Json json = {{"index", Json::object()}, {"label", Json::object()}};
    for (const auto& [code, position] : index) {
        const auto& group = choice.groups[position];
        const auto& category = dimension.categories[group.members[0]];
        json["index"][code] = position;
        json["label"][code] = group.label;
        if (dimension.role == "metric")
            json["unit"][code] = {{"base", category.unit}, {"decimals", category.decimals}};
    }
    return json;
}

Json codelists_json(const SsbState& state, const SimTable& table, const std::string& dimension,
                    const std::string& language)
{
    Json json = Json::array();
    for (const auto& codelist : table.codelists)
        if (codelist.dimension == dimension)
            json.push_back({{"id", codelist.id},
                            {"label", codelist.label},
                            {"type", codelist.id.starts_with("agg_") ? "Aggregation" : "Valueset"},
                            {"links",
                             {{{"rel", "metadata"},
                               {"hreflang", language},
                               {"href", fmt::format("{}{}/codeLists/{}?lang={}", state.host_url, v2_path, codelist.id,
                                                    language)}}}}});
    return json;
}

Json extension_json(const SsbState& state, const SimTable& table, std::size_t index, const SimChoice& choice,
                    const std::string& language)
{
    const auto& dimension = table.dimensions[index];
    Json json = {{"elimination", dimension.elimination}};
    if (dimension.elimination && !dimension.elimination_value.empty())
        json["eliminationValueCode"] = dimension.elimination_value;
    json["show"] = "value";
    json[state.habits.old_spelling ? "codeLists" : "codelists"] =
        codelists_json(state, table, dimension.id, language);
    if (dimension.role == "metric")
        for (const auto& group : choice.groups) {
            json["measuringType"][group.code] = "Other";
            json["priceType"][group.code] = "NotApplicable";
            json["adjustment"][group.code] = "None";
        }
    return json;
}

Json px_json(const SimTable& table, const SimSelection& selection, const std::string& language)
{
    Json stub = Json::array();
    for (const auto i : selection.order)
        if (table.dimensions[i].role != "time")
            stub.push_back(table.dimensions[i].id);
    return {{"infofile", "None"},
            {"tableid", table.id},
            {"official-statistics", true},
            {"aggregallowed", table.aggregation_allowed},
            {"copyright", false},
            {"language", language},
            {"contents", table.id + ": " + table.title + ","},
            {"descriptiondefault", false},
            {"heading", {table.time().id}},
            {"stub", stub},
            {"matrix", table.id},
            {"subject-code", table.path.empty() ? "be" : table.path.front()}};
}

Json role_json(const SimTable& table, const SimSelection& selection)
{
    Json role = Json::object();
    for (const auto i : selection.order)
        if (!table.dimensions[i].role.empty() && (table.marks_time || table.dimensions[i].role != "time"))
            role[table.dimensions[i].role].push_back(table.dimensions[i].id);
    return role;
}

/// The members `id`, `size` and `dimension`; each dimension is completed by `more`.
template <typename More>
void add_dimensions(Json& json, const SimTable& table, const SimSelection& selection, const More& more)
{
    json["id"] = Json::array();
    json["size"] = Json::array();
    json["dimension"] = Json::object();
    for (const auto i : selection.order) {
        const auto& dimension = table.dimensions[i];
        json["id"].push_back(dimension.id);
        json["size"].push_back(selection.choices[i].groups.size());
        Json body = {{"label", dimension.label}, {"category", category_json(dimension, selection.choices[i])}};
        more(body, i);
        json["dimension"][dimension.id] = std::move(body);
    }
}

/// What the metadata say of the last update.
std::string stated_by(const SimTable& table)
{
    return table.stated.empty() ? table.updated : table.stated;
}

Json dataset_json(const SsbState& state, const SimTable& table, const SimSelection& selection,
                  const std::string& language)
{
    Json json = {{"version", "2.0"},       {"class", "dataset"},          {"label", table.label()},
                 {"source", table.source}, {"updated", stated_by(table)}, {"role", role_json(table, selection)}};
    add_dimensions(json, table, selection, [&](Json& body, std::size_t i) {
        body["extension"] = extension_json(state, table, i, selection.choices[i], language);
    });
    if (!table.notes.empty())
        json["note"] = table.notes;
    json["extension"] = {{"px", px_json(table, selection, language)},
                         {"contact", Json::array()},
                         {"discontinued", table.discontinued ? Json(true) : Json()}};
    return json;
}

/// Puts the cells in as `value` and, where there are symbols, `status`. The numbers go in as text: the JSON library
/// would take them through binary floating point. Returns the array for "VALUES" in the written JSON.
std::string add_cells(Json& json, const SsbState& state, const SimTable& table, const SimSelection& selection)
{
    std::vector<std::string> values;
    Json statuses = Json::object();
    for (auto& value : values_of(table, selection)) {
        if (state.is_night && !state.habits.night.empty())
            value = SimValue::read(state.habits.night);
        if (!value.symbol.empty())
            statuses[std::to_string(values.size())] = value.symbol;
        values.push_back(value.number ? number_text(*value.number) : "null");
    }
    json["value"] = "VALUES";
    if (!statuses.empty())
        json["status"] = std::move(statuses);
    return "[" + join(values, ",") + "]";
}

} // namespace

std::string config_body(const SsbHabits& habits)
{
    const Json json = {{"apiVersion", "2.3.2"},
                       {"appVersion", "skurd-sim"},
                       {"languages", {{{"id", "no"}, {"label", "Norsk"}}, {{"id", "en"}, {"label", "English"}}}},
                       {"defaultLanguage", "no"},
                       {"maxDataCells", habits.cells_max},
                       {"maxCallsPerTimeWindow", habits.tells_limits ? 30 : 0},
                       {"timeWindow", habits.tells_limits ? 60 : 0},
                       {"license", "https://www.ssb.no/en/diverse/lisens"},
                       {"sourceReferences",
                        {{{"language", "en"}, {"text", "Source: Statistics Norway"}},
                         {{"language", "no"}, {"text", "Kilde: Statistisk sentralbyrå"}}}},
                       {"defaultDataFormat", "json-stat2"},
                       {"dataFormats", {"json-stat2"}},
                       {"features", {{{"id", "CORS"}, {"params", {{{"key", "enabled"}, {"value", "True"}}}}}}}};
    return json.dump();
}

Json table_item(const SsbState& state, const SimTable& table, const std::string& language)
{
    const auto& periods = table.time().categories;
    Json json = {{"id", table.id},
                 {"label", table.label()},
                 {"description", ""},
                 {"updated", table.listed.empty() ? Json(table.updated) : Json(table.listed)},
                 {"firstPeriod", periods.front().code},
                 {"lastPeriod", periods.back().code},
                 {"category", "public"},
                 {"variableNames", Json::array()}};
    if (table.discontinued)
        json["discontinued"] = true;
    for (const auto& dimension : table.dimensions)
        json["variableNames"].push_back(dimension.label);
    json["source"] = table.source;
    if (!table.path.empty())
        json["subjectCode"] = table.path.front();
    if (table.listed == "none")
        json["updated"] = nullptr;
    json["timeUnit"] = table.time_unit;
    json["paths"] = {Json::array()};
    for (const auto& subject : table.path)
        json["paths"][0].push_back({{"id", subject}, {"label", subject}});
    const auto link = [&](const char* rel, const char* what, const std::string& lang, const char* more) {
        return Json({{"rel", rel},
                     {"hreflang", lang},
                     {"href", fmt::format("{}{}/tables/{}{}?lang={}{}", state.host_url, v2_path, table.id, what, lang,
                                          more)}});
    };
    json["links"] = {link("self", "", language, ""), link("alternate", "", language == "no" ? "en" : "no", ""),
                     link("metadata", "/metadata", language, ""),
                     link("data", "/data", language, "&outputFormat=json-stat2")};
    return json;
}

std::string metadata_body(const SsbState& state, const SimTable& table, const SimSelection& selection,
                          const std::string& language)
{
    auto json = dataset_json(state, table, selection, language);
    json["value"] = Json::array();
    return json.dump();
}

std::string data_body(const SsbState& state, const SimTable& table, const SimSelection& selection,
                      const std::string& language)
{
    auto json = dataset_json(state, table, selection, language);
    if (!table.stated_by_data.empty())
        json["updated"] = table.stated_by_data;
    const auto values = add_cells(json, state, table, selection);
    return replace_all(json.dump(), "\"VALUES\"", values);
}

std::string data_body_v1(const SsbState& state, const SimTable& table, const SimSelection& selection)
{
    Json json = {{"class", "dataset"},
                 {"label", table.id + ": " + table.title},
                 {"source", table.source},
                 {"updated", table.stated_by_data.empty() ? stated_by(table) : table.stated_by_data}};
    if (!table.notes.empty())
        json["note"] = table.notes;
    add_dimensions(json, table, selection, [&](Json& body, std::size_t i) {
        body["extension"] = {{"elimination", table.dimensions[i].elimination}, {"show", "value"}};
    });
    const auto values = add_cells(json, state, table, selection);
    json["role"] = role_json(table, selection);
    json["version"] = "2.0";
    json["extension"] = {{"px", px_json(table, selection, "no")}, {"contact", Json::array()}};
    return replace_all(json.dump(), "\"VALUES\"", values);
}

std::string codelist_body(const SimTable& table, const SimCodelist& codelist, const std::string& language)
{
    Json json = {{"id", codelist.id},       {"label", codelist.label},
                 {"language", language},    {"languages", {"no", "en"}},
                 {"elimination", false},    {"type", codelist.id.starts_with("agg_") ? "Aggregation" : "Valueset"},
                 {"values", Json::array()}, {"links", Json::array()}};
    const auto dimension = std::find_if(table.dimensions.begin(), table.dimensions.end(),
                                        [&](const auto& d) { return d.id == codelist.dimension; });
    for (const auto& value : codelist.values) {
        Json members = Json::array();
        for (const auto member : value.members)
            members.push_back(dimension->categories[member].code);
        json["values"].push_back({{"code", value.code}, {"label", value.label}, {"valueMap", members}});
    }
    return json.dump();
}

} // namespace skurd::sim
