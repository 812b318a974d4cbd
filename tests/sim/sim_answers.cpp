#include "tests/sim/sim_answers.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <numeric>

namespace skurd::sim {

namespace {

using Positions = std::vector<std::size_t>;

/// Members of an index stand in no useful order, as at the real server: here by code.
Json category_json(const SimDimension& dimension, const Positions& positions)
{
    std::map<std::string, std::size_t> index;
    for (std::size_t i = 0; i < positions.size(); ++i)
        index[dimension.categories[positions[i]].code] = i;
    Json json = {{"index", Json::object()}, {"label", Json::object()}};
    for (const auto& [code, position] : index) {
        const auto& category = dimension.categories[positions[position]];
        json["index"][code] = position;
        json["label"][code] = category.label;
        if (dimension.role == "metric")
            json["unit"][code] = {{"base", category.unit}, {"decimals", category.decimals}};
    }
    return json;
}

Json dimension_json(const SimDimension& dimension, const Positions& positions)
{
    Json extension = {{"elimination", dimension.elimination}, {"show", "value"}, {"codelists", Json::array()}};
    if (dimension.elimination && !dimension.elimination_value.empty())
        extension["eliminationValueCode"] = dimension.elimination_value;
    return {{"label", dimension.label}, {"category", category_json(dimension, positions)}, {"extension", extension}};
}

Json dataset_json(const SimTable& table, const std::vector<Positions>& selection, const std::string& language)
{
    Json json = {{"version", "2.0"},           {"class", "dataset"},       {"label", table.label()},
                 {"source", table.source},     {"updated", table.updated}, {"role", Json::object()},
                 {"id", Json::array()},        {"size", Json::array()},    {"dimension", Json::object()},
                 {"extension", Json::object()}};
    if (!table.notes.empty())
        json["note"] = table.notes;
    for (std::size_t i = 0; i < selection.size(); ++i) {
        const auto& dimension = table.dimensions[i];
        if (selection[i].empty())
            continue;
        if (!dimension.role.empty())
            json["role"][dimension.role].push_back(dimension.id);
        json["id"].push_back(dimension.id);
        json["size"].push_back(selection[i].size());
        json["dimension"][dimension.id] = dimension_json(dimension, selection[i]);
    }
    json["extension"] = {{"px", {{"infofile", "None"}, {"tableid", table.id}, {"language", language}}},
                         {"contact", Json::array()},
                         {"discontinued", table.discontinued ? Json(true) : Json()}};
    return json;
}

Decimal sum(const Decimal& a, const Decimal& b)
{
    const auto scaled = [](Decimal number, int scale) {
        auto mantissa = number.mantissa();
        for (int i = number.scale(); i < scale; ++i)
            mantissa *= 10;
        return mantissa;
    };
    const int scale = std::max(a.scale(), b.scale());
    return {scaled(a, scale) + scaled(b, scale), scale};
}

/// The value at positions where those of eliminated dimensions are still open: at the elimination value, or summed;
/// the first symbol met hides the sum.
SimValue value_of(const SimTable& table, Positions positions, std::vector<std::size_t> open)
{
    if (open.empty())
        return table.value_at(positions);
    const auto index = open.back();
    open.pop_back();
    const auto& dimension = table.dimensions[index];
    SimValue total{Decimal(), ""};
    for (std::size_t i = 0; i < dimension.categories.size(); ++i) {
        positions[index] = i;
        const bool all = dimension.elimination_value.empty();
        if (!all && dimension.categories[i].code != dimension.elimination_value)
            continue;
        auto value = value_of(table, positions, open);
        if (!all || !value.number)
            return value;
        total.number = sum(*total.number, *value.number);
    }
    return total;
}

/// Whole numbers without a decimal part, others with all their decimals.
std::string number_text(const Decimal& number)
{
    const auto shortest = number.normalised();
    return shortest.scale() == 0 ? shortest.text() : number.text();
}

/// Goes to the next combination, the last dimension fastest; false after the last.
bool advance(Positions& counters, const std::vector<Positions>& selection)
{
    for (auto i = counters.size(); i-- > 0;) {
        if (++counters[i] < std::max<std::size_t>(selection[i].size(), 1))
            return true;
        counters[i] = 0;
    }
    return false;
}

} // namespace

std::string config_body(std::size_t cells_max)
{
    const Json json = {{"apiVersion", "2.3.2"},
                       {"appVersion", "skurd-sim"},
                       {"languages", {{{"id", "no"}, {"label", "Norsk"}}, {{"id", "en"}, {"label", "English"}}}},
                       {"defaultLanguage", "no"},
                       {"maxDataCells", cells_max},
                       {"maxCallsPerTimeWindow", 0},
                       {"timeWindow", 0},
                       {"defaultDataFormat", "json-stat2"},
                       {"dataFormats", {"json-stat2"}},
                       {"features", Json::array()}};
    return json.dump();
}

Json table_item(const SimTable& table, const std::string& base_url, const std::string& language)
{
    const auto& periods = table.time().categories;
    Json json = {{"id", table.id},
                 {"label", table.label()},
                 {"description", ""},
                 {"updated", table.updated},
                 {"firstPeriod", periods.front().code},
                 {"lastPeriod", periods.back().code},
                 {"category", "public"},
                 {"variableNames", Json::array()},
                 {"source", table.source},
                 {"timeUnit", table.time_unit},
                 {"paths", Json::array()}};
    for (const auto& dimension : table.dimensions)
        json["variableNames"].push_back(dimension.label);
    if (table.discontinued)
        json["discontinued"] = true;
    json["links"] = {
        {{"rel", "self"}, {"hreflang", language}, {"href", base_url + "/tables/" + table.id + "?lang=" + language}}};
    return json;
}

std::string metadata_body(const SimTable& table, const std::string& language)
{
    std::vector<Positions> all;
    for (const auto& dimension : table.dimensions) {
        all.emplace_back(dimension.categories.size());
        std::iota(all.back().begin(), all.back().end(), std::size_t(0));
    }
    auto json = dataset_json(table, all, language);
    json["value"] = Json::array();
    return json.dump();
}

std::string data_body(const SimTable& table, const std::vector<Positions>& selection, const std::string& language)
{
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < selection.size(); ++i)
        if (selection[i].empty())
            open.push_back(i);
    std::vector<std::string> values;
    Json statuses = Json::object();
    Positions counters(selection.size(), 0);
    do {
        Positions positions(selection.size(), 0);
        for (std::size_t i = 0; i < selection.size(); ++i)
            positions[i] = selection[i].empty() ? 0 : selection[i][counters[i]];
        const auto value = value_of(table, positions, open);
        if (!value.symbol.empty())
            statuses[std::to_string(values.size())] = value.symbol;
        values.push_back(value.number ? number_text(*value.number) : "null");
    } while (advance(counters, selection));

    auto json = dataset_json(table, selection, language);
    if (!statuses.empty())
        json["status"] = statuses;
    json["value"] = "VALUES"; // as text: the JSON library would take the numbers through binary floating point
    return replace_all(json.dump(), "\"VALUES\"", "[" + join(values, ",") + "]");
}

} // namespace skurd::sim
