#include "connectors/pxweb/decode.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "lib/json/json.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

constexpr std::size_t listing_bytes_max = std::size_t(16) << 20; // a page of 1 000 tables has some 2 MB
constexpr std::size_t error_bytes_max = 64 << 10;
constexpr std::size_t shown_max = 200;
constexpr std::size_t word_bytes_max = 300;
constexpr std::size_t title_bytes_max = 1000; // more is no title: PxwebSettings::expects()

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
    return std::string(whole_prefix(line, shown_max)) + "…";
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

/// Of a member that is a whole number, 0 or more.
std::optional<std::uint64_t> count_member(const Json& json, const char* name)
{
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number_unsigned())
        return std::nullopt;
    return found->get<std::uint64_t>();
}

Json parse(std::string_view bytes, std::string_view type)
{
    if (bytes.size() > listing_bytes_max)
        throw error("{} bytes; at most {} are read", bytes.size(), listing_bytes_max);
    auto json = Json::parse(bytes, nullptr, false);
    if (json.is_discarded())
        throw error("not JSON, or cut short: '{}'", shown(bytes.substr(0, 60)));
    if (json.type_name() != type)
        throw error("JSON, but not an {}", type);
    return json;
}

/// With `text` a member is read: strictly, or as "" where it is not as it should be.
template <typename Text>
PxwebTable read_table(const Json& json, Text text)
{
    PxwebTable table;
    table.id = text(json, "id");
    table.label = text(json, "label");
    table.updated = text(json, "updated");
    table.discontinued = truth_member(json, "discontinued");
    table.time_unit = text(json, "timeUnit");
    const auto first = text(json, "firstPeriod");
    const auto last = text(json, "lastPeriod");
    table.periods = first == last ? first : fmt::format("{}-{}", first, last);
    return table;
}

/// What an item of a list tells, "" for what it does not tell as it should.
std::string lenient_text(const Json& json, const char* name)
{
    const auto found = json.find(name);
    const bool is_text = found != json.end() && found->is_string();
    const auto text = is_text ? found->get<std::string>() : std::string();
    const bool is_title = std::string_view(name) == "label" || std::string_view(name) == "title";
    return text.size() > (is_title ? title_bytes_max : word_bytes_max) ? "" : text;
}

/// The strings of a list; none where it is null: too many for the server to list.
std::vector<std::string> texts_member(const Json& json, const char* name)
{
    std::vector<std::string> texts;
    const auto found = json.find(name);
    if (found == json.end() || found->is_null())
        return texts;
    if (!found->is_array())
        throw error("the member '{}' is not a list", name);
    for (const auto& text : *found) {
        if (!text.is_string())
            throw error("the list '{}' holds something that is not a string", name);
        texts.push_back(text.get<std::string>());
    }
    return texts;
}

Dimension read_variable(const Json& variable)
{
    Dimension dimension;
    dimension.id = text_member(variable, "code");
    dimension.label = text_member(variable, "text");
    dimension.eliminable = truth_member(variable, "elimination");
    dimension.role = truth_member(variable, "time") ? Role::time : Role::none;
    const auto codes = texts_member(variable, "values");
    const auto labels = texts_member(variable, "valueTexts");
    if (dimension.id.empty())
        throw error("a variable has no 'code'");
    std::set<std::string_view> known;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (!known.insert(codes[i]).second)
            throw error("the variable '{}' has the code '{}' twice", excerpt(dimension.id), excerpt(codes[i]));
        dimension.categories.push_back({codes[i], i < labels.size() ? labels[i] : codes[i], "", std::nullopt});
    }
    return dimension;
}

} // namespace

PxwebTable decode_pxweb_table(std::string_view bytes)
{
    auto table = read_table(parse(bytes, "object"), text_member);
    if (table.id.empty() || table.label.empty())
        throw error("the member '{}' is missing", table.id.empty() ? "id" : "label");
    if (std::max({table.id.size(), table.updated.size(), table.time_unit.size()}) > word_bytes_max)
        throw error("an id, time of update or time unit of more than {} bytes", word_bytes_max);
    return table;
}

PxwebTablePage decode_pxweb_tables(std::string_view bytes)
{
    const auto json = parse(bytes, "object");
    const auto tables = json.find("tables");
    if (tables == json.end() || !tables->is_array())
        throw error("there is no list 'tables'");
    PxwebTablePage page;
    for (const auto& item : *tables) {
        auto table = item.is_object() ? read_table(item, lenient_text) : PxwebTable();
        if (table.id.empty())
            ++page.unreadable;
        else
            page.tables.push_back(std::move(table));
    }
    if (const auto place = json.find("page"); place != json.end() && place->is_object()) {
        page.page = count_member(*place, "pageNumber").value_or(1);
        page.pages = count_member(*place, "totalPages").value_or(1);
        page.total = count_member(*place, "totalElements").value_or(0);
    }
    return page;
}

std::vector<PxwebTable> decode_pxweb_v1_hits(std::string_view bytes)
{
    std::vector<PxwebTable> tables;
    for (const auto& hit : parse(bytes, "array")) {
        if (!hit.is_object())
            continue;
        const auto path = lenient_text(hit, "path");
        PxwebTable table;
        table.id = lenient_text(hit, "id");
        if (table.id.empty())
            continue;
        if (const auto first = path.find_first_not_of('/'); first != std::string_view::npos)
            table.id = path.substr(first) + (path.ends_with('/') ? "" : "/") + table.id;
        table.label = lenient_text(hit, "title");
        table.updated = lenient_text(hit, "published");
        tables.push_back(std::move(table));
    }
    return tables;
}

std::optional<PxwebConfig> decode_pxweb_config(std::string_view bytes)
{
    if (bytes.size() > error_bytes_max)
        return std::nullopt;
    const auto json = Json::parse(bytes, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    if (json.contains("maxDataCells") || json.contains("apiVersion"))
        return PxwebConfig{true, count_member(json, "maxDataCells").value_or(0)};
    if (!json.contains("maxCells") && !json.contains("maxValues"))
        return std::nullopt;
    const auto cells = count_member(json, "maxCells").value_or(0);
    return PxwebConfig{false, cells > 0 ? cells : count_member(json, "maxValues").value_or(0)};
}

std::vector<Category> decode_pxweb_codelist(std::string_view bytes)
{
    const auto json = parse(bytes, "object");
    const auto values = json.find("values");
    if (values == json.end() || !values->is_array())
        throw error("there is no list 'values'");
    std::vector<Category> categories;
    for (const auto& value : *values) {
        if (!value.is_object())
            throw error("an item of 'values' is not an object");
        auto code = text_member(value, "code");
        const auto label = text_member(value, "label");
        categories.push_back({code, label.empty() ? code : label, "", std::nullopt});
    }
    return categories;
}

Cube decode_pxweb_v1_metadata(std::string_view bytes)
{
    const auto json = parse(bytes, "object");
    const auto variables = json.find("variables");
    if (variables == json.end() || !variables->is_array())
        throw error("there is no list 'variables'");
    Cube cube;
    cube.label = text_member(json, "title");
    for (const auto& variable : *variables) {
        if (!variable.is_object())
            throw error("an item of 'variables' is not an object");
        cube.dimensions.push_back(read_variable(variable));
    }
    return cube;
}

bool is_pxweb_v1_metadata(std::string_view bytes)
{
    if (bytes.size() > listing_bytes_max)
        return false;
    // A whole answer with data is not read for this: the first member tells.
    const auto open = bytes.find('{');
    const auto quote = open == std::string::npos ? open : bytes.find('"', open);
    if (quote == std::string::npos)
        return false;
    const auto rest = bytes.substr(quote);
    return rest.starts_with("\"title\"") || rest.starts_with("\"variables\"");
}

bool is_pxweb_limit(std::string_view bytes)
{
    const auto says_so = [](std::string_view text) {
        return text.find("Too many cells") != std::string_view::npos ||
               text.find("Too many values") != std::string_view::npos;
    };
    if (bytes.size() > error_bytes_max || !says_so(bytes))
        return false;
    const auto json = Json::parse(bytes, nullptr, false);
    return json.is_object() ? says_so(lenient_text(json, "title")) || says_so(lenient_text(json, "error"))
                            : trim(bytes).starts_with("Too many");
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

std::string pxweb_query(const PxwebSelection& selection)
{
    std::string query;
    for (const auto& ask : selection) {
        std::vector<std::string> values;
        for (const auto& value : ask.values) {
            const bool plain = value.find(',') == std::string_view::npos && trim(value) == value;
            values.push_back(percent_encode(plain ? value : "[" + value + "]"));
        }
        const auto variable = percent_encode("[" + ask.dimension + "]");
        query += fmt::format("{}valueCodes{}={}", query.empty() ? "" : "&", variable, join(values, ","));
        if (!ask.codelist.empty())
            query += fmt::format("&codelist{}={}", variable, percent_encode(ask.codelist));
    }
    return query;
}

bool fits_query(const PxwebSelection& selection)
{
    return std::all_of(selection.begin(), selection.end(), [](const PxwebAsk& ask) {
        return std::all_of(ask.values.begin(), ask.values.end(),
                           [](const auto& value) { return value.find_first_of("[]") == std::string_view::npos; });
    });
}

std::string pxweb_query_body(const PxwebSelection& selection)
{
    Json json = {{"selection", Json::array()}};
    for (const auto& ask : selection) {
        Json one = {{"variableCode", ask.dimension}};
        if (!ask.codelist.empty())
            one["codelist"] = ask.codelist;
        one["valueCodes"] = ask.values;
        json["selection"].push_back(std::move(one));
    }
    return json_line(json);
}

std::string pxweb_v1_query_body(const PxwebSelection& selection)
{
    Json json = {{"query", Json::array()}, {"response", {{"format", "json-stat2"}}}};
    for (const auto& ask : selection)
        json["query"].push_back(
            {{"code", ask.dimension}, {"selection", {{"filter", ask.filter}, {"values", ask.values}}}});
    return json_line(json);
}

} // namespace skurd
