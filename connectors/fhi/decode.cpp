#include "connectors/fhi/decode.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "lib/simdjson/document.hpp"
#include "lib/tz/time_zone.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t bytes_max = std::size_t(32) << 20;
constexpr std::size_t error_bytes_max = std::size_t(64) << 10;
constexpr std::size_t dimensions_max = 30;
constexpr std::size_t categories_max = 100'000; ///< of one dimension; all of Norway's areas are 411
constexpr int depth_max = 32;
constexpr std::size_t symbol_size_max = 3; ///< letters
constexpr std::size_t error_shown_max = 200;

Json parse(std::string_view bytes)
{
    if (bytes.size() > bytes_max)
        throw error("{} bytes; at most {} are read", bytes.size(), bytes_max);
    auto json = Json::parse(bytes, nullptr, false);
    if (json.is_discarded())
        throw error("not JSON, or cut short: '{}'", excerpt(bytes));
    return json;
}

/// The text of a member, "" where it is null or missing; a number is taken as it is written.
std::string text_member(const Json& json, const char* name)
{
    const auto found = json.find(name);
    if (found == json.end() || found->is_null())
        return "";
    if (found->is_number_integer())
        return found->dump();
    if (!found->is_string())
        throw error("the member '{}' is not a text", name);
    return found->get<std::string>();
}

std::string required_text(const Json& json, const char* name)
{
    if (!json.is_object())
        throw error("an item of the list is not an object");
    auto text = text_member(json, name);
    if (text.empty())
        throw error("the member '{}' is missing", name);
    return text;
}

const Json& require_array(const Json& json)
{
    if (!json.is_array())
        throw error("JSON, but not a list");
    return json;
}

FhiTable read_table(const Json& json)
{
    FhiTable table;
    table.id = required_text(json, "tableId");
    if (!all_digits(table.id))
        throw error("the table id '{}' is not a number", excerpt(table.id));
    table.title = trim(text_member(json, "title"));
    table.published = text_member(json, "publishedAt");
    table.modified = text_member(json, "modifiedAt");
    return table;
}

/// Adds the categories of one level of the tree and those below it.
void add_categories(const Json& list, int depth, Dimension& dimension, std::set<std::string>& seen)
{
    if (list.is_null())
        return;
    if (depth > depth_max)
        throw error("the categories of {} are nested more than {} deep", dimension.id, depth_max);
    for (const auto& item : require_array(list)) {
        const auto code = required_text(item, "value");
        const auto label = text_member(item, "label");
        if (seen.insert(code).second)
            dimension.categories.push_back({code, label.empty() ? code : label, "", std::nullopt});
        if (dimension.categories.size() > categories_max)
            throw error("{} has more than {} categories", dimension.id, categories_max);
        if (const auto children = item.find("children"); children != item.end())
            add_categories(*children, depth + 1, dimension, seen);
    }
}

Dimension read_dimension(const Json& json)
{
    Dimension dimension;
    dimension.id = required_text(json, "code");
    dimension.label = text_member(json, "label");
    if (dimension.label.empty())
        dimension.label = dimension.id;
    std::set<std::string> seen;
    if (const auto categories = json.find("categories"); categories != json.end())
        add_categories(*categories, 0, dimension, seen);
    return dimension;
}

/// The messages of ASP.NET's `errors`: {"field": ["message", …], …}.
void add_validation_errors(const Json& errors, std::vector<std::string>& parts)
{
    for (const auto& [field, messages] : errors.items())
        for (const auto& message : messages)
            if (message.is_string())
                parts.push_back(fmt::format("{}: {}", field, message.get<std::string>()));
}

std::vector<std::string> error_parts(const Json& json)
{
    std::vector<std::string> parts;
    if (json.is_string())
        return {json.get<std::string>()};
    for (const auto* name : {"title", "detail", "message", "error", "status"})
        if (const auto found = json.find(name); found != json.end() && found->is_string())
            parts.push_back(found->get<std::string>());
    if (const auto errors = json.find("errors"); errors != json.end() && errors->is_object())
        add_validation_errors(*errors, parts);
    return parts;
}

} // namespace

std::vector<FhiSource> decode_fhi_sources(std::string_view bytes)
{
    std::vector<FhiSource> sources;
    const auto json = parse(bytes);
    for (const auto& item : require_array(json))
        sources.push_back({required_text(item, "id"), text_member(item, "title")});
    return sources;
}

std::vector<FhiTable> decode_fhi_tables(std::string_view bytes)
{
    const auto json = parse(bytes);
    if (json.is_object())
        return {read_table(json)};
    std::vector<FhiTable> tables;
    for (const auto& item : require_array(json))
        tables.push_back(read_table(item));
    return tables;
}

std::optional<Time> read_fhi_time(std::string_view text)
{
    constexpr std::size_t date_size = 10;
    const auto time = parse_time(trim(text));
    const auto of_day = trim(text).substr(std::min(trim(text).size(), date_size));
    if (!time || of_day.find_first_of("Zz+-") != std::string_view::npos)
        return time;
    return TimeZone::find("Europe/Oslo").to_utc(std::chrono::local_seconds(time->time_since_epoch()));
}

std::vector<Dimension> decode_fhi_dimensions(std::string_view bytes)
{
    const auto json = parse(bytes);
    const auto list = json.is_object() ? json.find("dimensions") : json.end();
    if (!json.is_object() || list == json.end())
        throw error("the member 'dimensions' is missing");
    std::vector<Dimension> dimensions;
    std::set<std::string> seen;
    for (const auto& item : require_array(*list)) {
        dimensions.push_back(read_dimension(item));
        if (!seen.insert(dimensions.back().id).second)
            throw error("two dimensions are called '{}'", dimensions.back().id);
        if (dimensions.size() > dimensions_max)
            throw error("more than {} dimensions", dimensions_max);
    }
    if (dimensions.empty())
        throw error("no dimensions");
    return dimensions;
}

FhiLegend decode_fhi_flags(std::string_view bytes)
{
    FhiLegend legend;
    const auto json = parse(bytes);
    for (const auto& item : require_array(json)) {
        if (!item.is_object())
            throw error("an item of the list is not an object");
        const std::string title(trim(text_member(item, "title")));
        const std::string text(trim(text_member(item, "text")));
        if (!title.empty() && display_width(title) <= symbol_size_max)
            legend.emplace(title, text);
        if (!text.empty() && display_width(text) <= symbol_size_max)
            legend.emplace(text, title);
    }
    return legend;
}

FhiLegend decode_fhi_legend(std::string_view bytes)
{
    FhiLegend legend;
    JsonDocument document(bytes);
    try {
        auto object = document.object();
        for (const auto* name : {"extension", "flags", "label"}) {
            auto member = find_member(object, name);
            if (!member || member->type().value() != simdjson::ondemand::json_type::object)
                return legend;
            object = member->get_object().value();
        }
        for (auto field : object) {
            std::string symbol(field.unescaped_key().value());
            simdjson::ondemand::value words = field.value();
            if (words.type().value() == simdjson::ondemand::json_type::string)
                legend.emplace(std::move(symbol), std::string(words.get_string().value()));
        }
    } catch (const simdjson::simdjson_error& failure) {
        throw error("the legend of the symbols cannot be read: {}", failure.what());
    }
    return legend;
}

std::string decode_fhi_error(std::string_view bytes)
{
    if (bytes.size() > error_bytes_max)
        return excerpt(bytes.substr(0, error_shown_max), error_shown_max);
    if (!is_valid_utf8(bytes))
        return "(bytes that are not text)";
    const auto json = Json::parse(bytes, nullptr, false);
    const auto parts = json.is_object() || json.is_string() ? error_parts(json) : std::vector<std::string>();
    return excerpt(trim(parts.empty() ? bytes : join(parts, "; ")), error_shown_max);
}

std::string fhi_query_body(const FhiSelection& selection, std::size_t rows_max)
{
    Json json = {{"dimensions", Json::array()}, {"response", {{"format", "json-stat2"}, {"maxRowCount", rows_max}}}};
    for (const auto& [dimension, codes] : selection)
        json["dimensions"].push_back({{"code", dimension}, {"filter", "item"}, {"values", codes}});
    return json_line(json);
}

} // namespace skurd
