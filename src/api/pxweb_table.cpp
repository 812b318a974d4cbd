#include "api/pxweb_table.hpp"

#include "api/periods.hpp"
#include "api/pxweb_selection.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "query/datasets.hpp"

#include <algorithm>

namespace skurd {

namespace {

ServedDimension time_of(const StoreReading& reading, const DatasetDescription& description,
                        const std::string& dataset, const AsOf& as_of)
{
    ServedDimension time{description.time_dimension.empty() ? "Tid" : description.time_dimension, "", Role::time, {}};
    while (std::any_of(description.dimensions.begin(), description.dimensions.end(),
                       [&](const auto& dimension) { return to_lower(dimension.id) == to_lower(time.id); }))
        time.id += "_";
    time.label = time.id;
    const auto periods = periods_at(reading, dataset, as_of);
    for (const auto& period : *periods)
        time.categories.push_back({period.get<std::string>(), period.get<std::string>(), "", std::nullopt});
    return time;
}

Json category_json(const ServedDimension& dimension, const std::vector<std::size_t>& places)
{
    Json category = {{"index", Json::object()}, {"label", Json::object()}};
    Json units = Json::object();
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& one = dimension.categories[places[i]];
        category["index"][one.code] = i;
        category["label"][one.code] = one.label.empty() ? one.code : one.label;
        if (one.unit.empty() && !one.decimals)
            continue;
        auto& unit = units[one.code] = Json::object();
        if (!one.unit.empty())
            unit["base"] = one.unit;
        if (one.decimals)
            unit["decimals"] = *one.decimals;
    }
    if (!units.empty())
        category["unit"] = std::move(units);
    return category;
}

} // namespace

std::string ServedTable::time_unit() const
{
    if (time().categories.empty())
        return "Other";
    switch (Period::from_text(time().categories.back().code).kind()) {
    case PeriodKind::year:
        return "Annual";
    case PeriodKind::quarter:
        return "Quarterly";
    case PeriodKind::month:
        return "Monthly";
    case PeriodKind::week:
        return "Weekly";
    default:
        return "Other";
    }
}

std::string pxweb_table_id(const std::string& dataset)
{
    return replace_all(dataset, "/", ".");
}

std::string pxweb_codelist_id(const ServedTable& table, const ServedDimension& dimension)
{
    return table.id + "." + dimension.id;
}

Json pxweb_codelist_entry(const ServedTable& table, const ServedDimension& dimension)
{
    const auto id = pxweb_codelist_id(table, dimension);
    const Json link = {{"rel", "self"}, {"hreflang", "no"}, {"href", "/pxweb/v2/codelists/" + percent_encode(id)}};
    return {{"id", id}, {"label", dimension.label}, {"type", "Valueset"}, {"links", {link}}};
}

ServedTable pxweb_table_of(const ApiQuestion& question, const DatasetSummary& dataset, const AsOf& as_of)
{
    const auto& reading = question.reading;
    ServedTable table{
        dataset, pxweb_table_id(dataset.dataset), "", {}, question.host.attributions().of(dataset.dataset), {}};
    const auto then = as_of.published || as_of.known ? std::optional(dataset.published_at) : std::nullopt;
    const auto description = describe_dataset(reading.store, dataset.dataset, then).value_or(DatasetDescription());
    table.label = description.title.empty() ? dataset.dataset : description.title;
    table.notes = description.notes;
    for (const auto& dimension : description.dimensions)
        table.dimensions.push_back({dimension.id, dimension.label.empty() ? dimension.id : dimension.label,
                                    dimension.role, dimension.categories});
    table.dimensions.push_back(time_of(reading, description, dataset.dataset, as_of));
    return table;
}

ServedTable pxweb_table(const ApiQuestion& question, const std::string& id, const AsOf& as_of)
{
    std::optional<DatasetSummary> found;
    for (auto& dataset : datasets(question.reading.store, DatasetQuestion{"", std::nullopt, as_of})) {
        if (pxweb_table_id(dataset.dataset) != id)
            continue;
        if (found)
            throw pxweb_error("Non-existent table", "{} and {} are both called {} here: use /api/v1", found->dataset,
                              dataset.dataset, excerpt(id));
        found = std::move(dataset);
    }
    if (!found)
        throw NothingThereError(fmt::format("Non-existent table: {}", excerpt(id)), ExitCode::usage);
    return pxweb_table_of(question, *found, as_of);
}

Json pxweb_jsonstat(const ServedTable& table, const std::vector<std::vector<std::size_t>>& places)
{
    Json json = {{"version", "2.0"},
                 {"class", "dataset"},
                 {"label", table.label},
                 {"source", source_text(table.attribution, Language::en)},
                 {"updated", format_time(table.dataset.published_at)}};
    if (!table.notes.empty())
        json["note"] = table.notes;
    json["role"] = {{"time", {table.time().id}}};
    json["id"] = Json::array();
    json["size"] = Json::array();
    json["dimension"] = Json::object();
    for (std::size_t i = 0; i < table.dimensions.size(); ++i) {
        const auto& dimension = table.dimensions[i];
        json["id"].push_back(dimension.id);
        json["size"].push_back(places[i].size());
        if (dimension.role == Role::geo || dimension.role == Role::metric)
            json["role"][std::string(to_string(dimension.role))].push_back(dimension.id);
        auto lists = Json::array();
        if (dimension.role != Role::time)
            lists.push_back(pxweb_codelist_entry(table, dimension));
        json["dimension"][dimension.id] = {{"label", dimension.label},
                                           {"category", category_json(dimension, places[i])},
                                           {"extension", {{"elimination", false}, {"codelists", std::move(lists)}}}};
    }
    json["extension"] = {{"px", {{"tableid", table.id}, {"language", "no"}, {"contents", table.label}}},
                         {"dataset", table.dataset.dataset},
                         {"licence", licence_text(table.attribution, Language::en)}};
    return json;
}

AsOf pxweb_as_of(const QueryReader& query)
{
    return {query.time("asOf"), query.time("knownAt")};
}

void check_pxweb_language(const QueryReader& query)
{
    const auto language = query.text("lang");
    if (!language.empty() && language != "no" && language != "en")
        throw pxweb_error("Unsupported language", "'{}'; no and en are taken, and labels are as they were harvested",
                          excerpt(language));
}

HttpResponse pxweb_refusal(int status, const std::string& detail)
{
    const auto colon = detail.find(": ");
    const bool has_title = colon != std::string::npos && colon < 60 && status < 500;
    return json_response(status, {{"type", "Parameter error"},
                                  {"title", has_title ? detail.substr(0, colon) : "Parameter error"},
                                  {"status", status},
                                  {"detail", detail}});
}

} // namespace skurd
