#include "tests/sim/sim_selection.hpp"

#include "base/text.hpp"
#include "lib/json/json.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace skurd::sim {

namespace {

using Positions = std::set<std::size_t>;

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

/// Commas separate, but not inside brackets, which are taken off.
std::vector<std::string> split_values(const std::string& text)
{
    std::vector<std::string> values(1);
    int depth = 0;
    for (const char c : text) {
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (c == ',' && depth == 0)
            values.emplace_back();
        else if (c != '[' && c != ']')
            values.back() += c;
    }
    return values;
}

std::size_t position_of(const SimDimension& dimension, const std::string& code)
{
    for (std::size_t i = 0; i < dimension.categories.size(); ++i)
        if (upper(dimension.categories[i].code) == upper(code))
            return i;
    throw parameter_error("Non-existent value");
}

void add_range(Positions& positions, std::size_t first, std::size_t last)
{
    if (first > last)
        std::swap(first, last);
    for (auto i = first; i <= last; ++i)
        positions.insert(i);
}

/// top and bottom count from the newest period, and from the first category of other variables.
void add_counted(Positions& positions, const SimDimension& dimension, bool top, const std::smatch& match)
{
    const auto size = dimension.categories.size();
    const auto count = std::stoul(match[2]);
    const auto offset = match[3].matched ? std::stoul(match[3]) : 0;
    const bool from_end = top == (dimension.role == "time");
    for (std::size_t i = offset; i < std::min(size, offset + count); ++i)
        positions.insert(from_end ? size - 1 - i : i);
}

void add_wildcard(Positions& positions, const SimDimension& dimension, const std::string& pattern)
{
    std::string body;
    for (const char c : upper(pattern))
        body += c == '*'                                      ? ".*"
                : c == '?'                                    ? "."
                : std::isalnum(static_cast<unsigned char>(c)) ? std::string(1, c)
                                                              : std::string("\\") + c;
    const std::regex regex(body);
    for (std::size_t i = 0; i < dimension.categories.size(); ++i)
        if (std::regex_match(upper(dimension.categories[i].code), regex))
            positions.insert(i);
}

bool is_legal_wildcard(const std::string& pattern)
{
    const auto inner = pattern.size() > 2 ? pattern.substr(1, pattern.size() - 2) : "";
    return inner.find('*') == std::string::npos;
}

void add_expression(Positions& positions, const SimDimension& dimension, const std::string& expression)
{
    static const std::regex counted(R"((TOP|BOTTOM)\(([1-9][0-9]{0,8})(?:,([0-9]{1,9}))?\))");
    static const std::regex edge(R"((FROM|TO)\(([^,\s]+)\))");
    static const std::regex range(R"(RANGE\(([^,\s]+),([^,\s]+)\))");
    const auto text = upper(expression);
    const auto last = dimension.categories.size() - 1;
    std::smatch match;
    if (std::regex_match(text, match, counted))
        add_counted(positions, dimension, match[1] == "TOP", match);
    else if (std::regex_match(text, match, edge) && match[1] == "FROM")
        add_range(positions, position_of(dimension, match[2]), last);
    else if (std::regex_match(text, match, edge))
        add_range(positions, 0, position_of(dimension, match[2]));
    else if (std::regex_match(text, match, range))
        add_range(positions, position_of(dimension, match[1]), position_of(dimension, match[2]));
    else if (text.find_first_of("*?") != std::string::npos && is_legal_wildcard(text))
        add_wildcard(positions, dimension, expression);
    else if (text.find_first_of("*?") != std::string::npos || text.ends_with(")"))
        throw parameter_error("Illegal selection expression");
    else
        throw parameter_error("Non-existent value");
}

Positions positions_of(const SimDimension& dimension, const std::vector<std::string>& expressions)
{
    Positions positions;
    std::set<std::string> literals;
    for (const auto& expression : expressions) {
        const bool literal =
            std::any_of(dimension.categories.begin(), dimension.categories.end(),
                        [&](const auto& category) { return upper(category.code) == upper(expression); });
        if (!literal)
            add_expression(positions, dimension, expression);
        else if (!literals.insert(upper(expression)).second)
            throw Problem{HttpReply{500, "text/plain", {}, "", {}}};
        else
            positions.insert(position_of(dimension, expression));
    }
    return positions;
}

/// What the server gives when nothing is asked: a small part of the table. Here: the first value of every variable
/// that cannot be left out, and the newest period.
std::vector<std::vector<std::size_t>> default_selection(const SimTable& table)
{
    std::vector<std::vector<std::size_t>> selection(table.dimensions.size());
    for (std::size_t i = 0; i < selection.size(); ++i)
        if (table.dimensions[i].role == "time")
            selection[i] = {table.dimensions[i].categories.size() - 1};
        else if (!table.dimensions[i].elimination)
            selection[i] = {0};
    return selection;
}

std::size_t index_of(const SimTable& table, const std::string& variable)
{
    const auto fits = [&](const SimDimension& dimension) {
        return upper(dimension.id) == upper(variable) || (dimension.role == "time" && upper(variable) == "TIME");
    };
    const auto found = std::find_if(table.dimensions.begin(), table.dimensions.end(), fits);
    if (found == table.dimensions.end())
        throw parameter_error("Non-existent variable");
    return static_cast<std::size_t>(found - table.dimensions.begin());
}

} // namespace

Problem parameter_error(const std::string& title, int http_status, int body_status)
{
    Json body = {{"type", "Parameter error"}, {"title", title}, {"status", body_status ? body_status : http_status}};
    if (title == "Too many cells selected")
        body["detail"] = title;
    HttpReply reply;
    reply.status = http_status;
    reply.content_type = "application/json";
    reply.body = body.dump();
    return {reply};
}

std::vector<SimAsk> asks_of_query(const std::multimap<std::string, std::string>& params)
{
    std::vector<SimAsk> asks;
    for (const auto& [name, value] : params) {
        if (name.starts_with("codelist[") && !value.empty())
            throw parameter_error("Non-existent codelist");
        if (!name.starts_with("valueCodes"))
            continue;
        if (name.size() < 13 || name[10] != '[' || name.back() != ']') {
            const Json body = {{"title", "One or more validation errors occurred."},
                               {"status", 400},
                               {"errors", {{name, {"The value '" + value + "' is invalid."}}}},
                               {"traceId", "00-0-0-00"}};
            throw Problem{HttpReply{400, "application/problem+json; charset=utf-8", {}, body.dump(), {}}};
        }
        const auto variable = name.substr(11, name.size() - 12);
        const auto same =
            std::find_if(asks.begin(), asks.end(), [&](const auto& a) { return a.variable == variable; });
        auto& ask = same == asks.end() ? asks.emplace_back(SimAsk{variable, {}}) : *same;
        for (auto& expression : split_values(value))
            ask.expressions.push_back(std::move(expression));
    }
    return asks;
}

std::vector<SimAsk> asks_of_body(const std::string& body)
{
    std::vector<SimAsk> asks;
    try {
        const auto json = Json::parse(body);
        for (const auto& item : json.at("selection"))
            asks.push_back({item.at("variableCode"), item.at("valueCodes")});
    } catch (const Json::exception& failure) {
        const Json problem = {{"title", "One or more validation errors occurred."},
                              {"status", 400},
                              {"errors", {{"$", {failure.what()}}}}};
        throw Problem{HttpReply{400, "application/problem+json; charset=utf-8", {}, problem.dump(), {}}};
    }
    return asks;
}

std::vector<std::vector<std::size_t>> select(const SimTable& table, const std::vector<SimAsk>& asks,
                                             std::size_t cells_max)
{
    if (asks.empty())
        return default_selection(table);
    std::vector<std::vector<std::size_t>> selection(table.dimensions.size());
    for (const auto& ask : asks) {
        const auto index = index_of(table, ask.variable);
        const auto positions = positions_of(table.dimensions[index], ask.expressions);
        selection[index].assign(positions.begin(), positions.end());
        if (positions.empty() && !table.dimensions[index].elimination)
            throw parameter_error("Illegal selection for mandantory variable");
    }
    std::size_t cells = 1;
    for (std::size_t i = 0; i < selection.size(); ++i) {
        if (selection[i].empty() && !table.dimensions[i].elimination)
            throw parameter_error("Missing selection for mandantory variable");
        cells *= std::max<std::size_t>(selection[i].size(), 1);
    }
    if (cells > cells_max)
        throw parameter_error("Too many cells selected");
    return selection;
}

} // namespace skurd::sim
