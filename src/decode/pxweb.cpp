#include "decode/pxweb.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/json/json.hpp"

namespace skurd {

namespace {

constexpr std::size_t table_bytes_max = 1 << 20;
constexpr std::size_t error_bytes_max = 64 << 10;
constexpr std::size_t shown_max = 200;

std::string text_member(const Json& json, const char* name)
{
    const auto found = json.find(name);
    if (found == json.end() || found->is_null())
        return "";
    if (!found->is_string())
        throw error("the member '{}' is not a string", name);
    return found->get<std::string>();
}

bool truth_member(const Json& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

/// On one line, valid UTF-8, not too long.
std::string shown(std::string_view text)
{
    std::string line;
    for (const char c : trim(text))
        line += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    if (!is_valid_utf8(line))
        return "(bytes that are not text)";
    if (line.size() <= shown_max)
        return line;
    auto end = shown_max;
    while ((static_cast<unsigned char>(line[end]) & 0xc0) == 0x80)
        --end;
    return line.substr(0, end) + "…";
}

/// The messages of ASP.NET's `errors`: {"field": ["message", …], …}.
std::string validation_errors(const Json& errors)
{
    std::vector<std::string> lines;
    for (const auto& [field, messages] : errors.items())
        for (const auto& message : messages)
            if (message.is_string())
                lines.push_back(fmt::format("{}: {}", field, message.get<std::string>()));
    return join(lines, "; ");
}

} // namespace

PxwebTable decode_pxweb_table(std::string_view bytes)
{
    if (bytes.size() > table_bytes_max)
        throw error("{} bytes; at most {} are read", bytes.size(), table_bytes_max);
    const auto json = Json::parse(bytes, nullptr, false);
    if (json.is_discarded())
        throw error("not JSON, or cut short: '{}'", shown(bytes.substr(0, 60)));
    if (!json.is_object())
        throw error("JSON, but not an object");
    PxwebTable table;
    table.id = text_member(json, "id");
    table.label = text_member(json, "label");
    table.updated = text_member(json, "updated");
    table.discontinued = truth_member(json, "discontinued");
    if (table.id.empty() || table.label.empty())
        throw error("the member '{}' is missing", table.id.empty() ? "id" : "label");
    return table;
}

std::string decode_pxweb_error(std::string_view bytes)
{
    if (bytes.size() > error_bytes_max)
        return shown(bytes.substr(0, shown_max + 8));
    const auto json = Json::parse(bytes, nullptr, false);
    if (!json.is_object())
        return shown(bytes);
    std::vector<std::string> parts;
    for (const auto* name : {"title", "error"})
        if (const auto found = json.find(name); found != json.end() && found->is_string())
            parts.push_back(found->get<std::string>());
    if (const auto errors = json.find("errors"); errors != json.end() && errors->is_object())
        parts.push_back(validation_errors(*errors));
    return shown(parts.empty() ? bytes : join(parts, " "));
}

bool is_html(std::string_view media_type, std::string_view bytes)
{
    return media_type == "text/html" || trim(bytes.substr(0, 100)).starts_with('<');
}

std::string pxweb_query(const PxwebSelection& selection)
{
    std::string query;
    for (const auto& [dimension, expressions] : selection) {
        std::vector<std::string> values;
        for (const auto& expression : expressions)
            values.push_back(
                percent_encode(expression.find(',') == expression.npos ? expression : "[" + expression + "]"));
        query += fmt::format("{}valueCodes{}={}", query.empty() ? "" : "&", percent_encode("[" + dimension + "]"),
                             join(values, ","));
    }
    return query;
}

std::string pxweb_query_body(const PxwebSelection& selection)
{
    Json json = {{"selection", Json::array()}};
    for (const auto& [dimension, expressions] : selection)
        json["selection"].push_back({{"variableCode", dimension}, {"valueCodes", expressions}});
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace skurd
