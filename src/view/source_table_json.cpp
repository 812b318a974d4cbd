#include "view/source_table_json.hpp"

#include "view/recorded_exchange_json.hpp"

namespace skurd {

namespace {

constexpr int decimals_max = 1000; // as a source states; nothing is computed with it

Json text_or_null(const std::string& text)
{
    return text.empty() ? Json(nullptr) : Json(text);
}

template <typename T>
Json value_or_null(const std::optional<T>& value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json to_json(const Category& category)
{
    return {{"code", category.code},
            {"label", category.label},
            {"unit", text_or_null(category.unit)},
            {"decimals", value_or_null(category.decimals)},
            {"base", text_or_null(category.base)}};
}

Category read_category(JsonReader& json)
{
    Category category;
    category.code = json.text("code");
    category.label = json.text("label");
    category.unit = json.text("unit", "");
    if (const auto decimals = json.optional_integer("decimals", -decimals_max, decimals_max))
        category.decimals = static_cast<int>(*decimals);
    category.base = json.text("base", "");
    return category;
}

Json to_json(const Dimension& dimension)
{
    Json json = {{"dimension", dimension.id},
                 {"label", dimension.label},
                 {"role", to_string(dimension.role)},
                 {"eliminable", value_or_null(dimension.eliminable)},
                 {"classification", text_or_null(dimension.classification)},
                 {"codes", Json::array()}};
    for (const auto& category : dimension.categories)
        json["codes"].push_back(to_json(category));
    return json;
}

Dimension read_dimension(JsonReader& json)
{
    Dimension dimension;
    dimension.id = json.text("dimension");
    dimension.label = json.text("label");
    dimension.role = json.choice<Role>("role");
    dimension.eliminable = json.optional_flag("eliminable");
    dimension.classification = json.text("classification", "");
    for (auto& code : json.objects("codes"))
        dimension.categories.push_back(read_category(code));
    return dimension;
}

Json to_json(const CheckResult& result)
{
    return {{"kind", to_string(result.kind)},
            {"where", result.where},
            {"text", result.text},
            {"line", text_or_null(result.line)},
            {"fix", to_string(result.fix)}};
}

CheckResult read_check_result(JsonReader& json)
{
    CheckResult result;
    result.kind = json.choice<CheckResult::Kind>("kind");
    result.where = json.text("where");
    result.text = json.text("text");
    result.line = json.text("line", "");
    result.fix = json.choice<CheckResult::Fix>("fix");
    return result;
}

} // namespace

Json to_json(const TableEntry& table)
{
    return {{"table", table.id},
            {"title", table.title},
            {"updated", text_or_null(table.updated)},
            {"periods", text_or_null(table.periods)},
            {"discontinued", table.discontinued}};
}

TableEntry read_table_entry(JsonReader& json)
{
    TableEntry table;
    table.id = json.text("table");
    table.title = json.text("title");
    table.updated = json.text("updated", "");
    table.periods = json.text("periods", "");
    table.discontinued = json.flag("discontinued");
    return table;
}

Json to_json(const TableDescription& description)
{
    Json json = {{"table", to_json(description.table)}, {"dimensions", Json::array()}};
    for (const auto& dimension : description.dimensions)
        json["dimensions"].push_back(to_json(dimension));
    json["notes"] = description.notes;
    json["job"] = text_or_null(description.job);
    json["dataset"] = text_or_null(description.dataset);
    return json;
}

TableDescription read_table_description(JsonReader& json)
{
    TableDescription description;
    auto table = json.object("table");
    description.table = read_table_entry(table);
    for (auto& dimension : json.objects("dimensions"))
        description.dimensions.push_back(read_dimension(dimension));
    description.notes = json.texts("notes");
    description.job = json.text("job", "");
    description.dataset = json.text("dataset", "");
    return description;
}

Json to_json(const CheckedJob& checked)
{
    Json json = {{"job", checked.job},
                 {"file", checked.file},
                 {"asked", checked.asked == CheckedJob::Asked::yes},
                 {"results", Json::array()},
                 {"failure", text_or_null(checked.failure)},
                 {"silent_host", text_or_null(checked.silent_host)},
                 {"hash", text_or_null(checked.hash)}};
    for (const auto& result : checked.results)
        json["results"].push_back(to_json(result));
    for (const auto& exchange : checked.exchanges)
        json["exchanges"].push_back(to_json(exchange));
    return json;
}

CheckedJob read_checked_job(JsonReader& json)
{
    CheckedJob checked;
    checked.job = json.text("job");
    checked.file = json.text("file");
    checked.asked = json.flag("asked") ? CheckedJob::Asked::yes : CheckedJob::Asked::no;
    for (auto& result : json.objects("results"))
        checked.results.push_back(read_check_result(result));
    checked.failure = json.text("failure", "");
    checked.silent_host = json.text("silent_host", "");
    checked.hash = json.text("hash", "");
    for (auto& exchange : json.objects("exchanges"))
        checked.exchanges.push_back(read_recorded_exchange(exchange));
    return checked;
}

} // namespace skurd
