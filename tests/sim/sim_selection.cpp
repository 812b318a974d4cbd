#include "tests/sim/sim_selection.hpp"

#include "base/text.hpp"
#include "lib/json/json.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace skurd::sim {

namespace {

using CodePositions = std::set<std::size_t>;

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

/// What of a variable can be chosen: its codes, or those of a code list.
struct Options {
    std::vector<SimGroup> groups;
    bool is_time;
};

std::size_t position_of(const Options& options, const std::string& code)
{
    for (std::size_t i = 0; i < options.groups.size(); ++i)
        if (upper(options.groups[i].code) == upper(code))
            return i;
    throw parameter_error("Non-existent value");
}

void add_range(CodePositions& positions, std::size_t first, std::size_t last)
{
    if (first > last)
        std::swap(first, last);
    for (auto i = first; i <= last; ++i)
        positions.insert(i);
}

/// top and bottom count from the newest period, and from the first category of other variables.
void add_counted(CodePositions& positions, const Options& options, bool top, const std::smatch& match)
{
    const auto size = options.groups.size();
    const auto count = std::stoul(match[2]);
    const auto offset = match[3].matched ? std::stoul(match[3]) : 0;
    const bool from_end = top == (options.is_time);
    for (std::size_t i = offset; i < std::min(size, offset + count); ++i)
        positions.insert(from_end ? size - 1 - i : i);
}

void add_wildcard(CodePositions& positions, const Options& options, const std::string& pattern)
{
    std::string body;
    for (const char c : upper(pattern))
        body += c == '*'                                      ? ".*"
                : c == '?'                                    ? "."
                : std::isalnum(static_cast<unsigned char>(c)) ? std::string(1, c)
                                                              : std::string("\\") + c;
    const std::regex regex(body);
    for (std::size_t i = 0; i < options.groups.size(); ++i)
        if (std::regex_match(upper(options.groups[i].code), regex))
            positions.insert(i);
}

bool is_legal_wildcard(const std::string& pattern)
{
    const auto inner = pattern.size() > 2 ? pattern.substr(1, pattern.size() - 2) : "";
    return inner.find('*') == std::string::npos;
}

void add_expression(CodePositions& positions, const Options& options, const std::string& expression)
{
    static const std::regex counted(R"((TOP|BOTTOM)\(([1-9][0-9]{0,8})(?:,([0-9]{1,9}))?\))");
    static const std::regex edge(R"((FROM|TO)\(([^,\s]+)\))");
    static const std::regex range(R"(RANGE\(([^,\s]+),([^,\s]+)\))");
    const auto text = upper(expression);
    const auto last = options.groups.size() - 1;
    std::smatch match;
    if (std::regex_match(text, match, counted))
        add_counted(positions, options, match[1] == "TOP", match);
    else if (std::regex_match(text, match, edge) && match[1] == "FROM")
        add_range(positions, position_of(options, match[2]), last);
    else if (std::regex_match(text, match, edge))
        add_range(positions, 0, position_of(options, match[2]));
    else if (std::regex_match(text, match, range))
        add_range(positions, position_of(options, match[1]), position_of(options, match[2]));
    else if (text.find_first_of("*?") != std::string::npos && is_legal_wildcard(text))
        add_wildcard(positions, options, expression);
    else if (text.find_first_of("*?") != std::string::npos || text.ends_with(")"))
        throw parameter_error("Illegal selection expression");
    else
        throw parameter_error("Non-existent value");
}

/// Adds what an expression selects; some servers want nothing twice.
void add_selected(CodePositions& positions, const Options& options, const std::string& expression,
                  const SsbHabits& habits)
{
    CodePositions added;
    add_expression(added, options, expression);
    const bool overlaps = std::any_of(added.begin(), added.end(), [&](auto at) { return positions.contains(at); });
    if (overlaps && habits.overlap_is_500)
        throw Problem{HttpReply{500, "text/plain", {}, "", {}}};
    positions.insert(added.begin(), added.end());
}

CodePositions positions_of(const Options& options, const std::vector<std::string>& expressions,
                           const SsbHabits& habits)
{
    CodePositions positions;
    std::set<std::string> literals;
    for (const auto& expression : expressions) {
        const bool literal = std::any_of(options.groups.begin(), options.groups.end(),
                                         [&](const auto& group) { return upper(group.code) == upper(expression); });
        if (!literal)
            add_selected(positions, options, expression, habits);
        else if (!literals.insert(upper(expression)).second)
            throw Problem{HttpReply{500, "text/plain", {}, "", {}}};
        else
            positions.insert(position_of(options, expression));
    }
    return positions;
}

/// What the server gives when nothing is asked: a small part of the table. Here: the first value of every variable
/// that cannot be left out, and the newest period.
SimSelection default_selection(const SimTable& table)
{
    std::vector<SimChoice> choices;
    for (const auto& dimension : table.dimensions)
        if (dimension.role == "time")
            choices.push_back({{single(dimension, dimension.categories.size() - 1)}, true});
        else if (!dimension.elimination)
            choices.push_back({{single(dimension, 0)}, true});
        else
            choices.push_back(eliminated(dimension));
    return in_table_order(std::move(choices));
}

Options options_of(const SimTable& table, const SimDimension& dimension, const std::string& id)
{
    const bool is_time = dimension.role == "time" && table.marks_time;
    if (id.empty())
        return {all_of(dimension).groups, is_time};
    const auto* codelist = table.codelist(id);
    if (!codelist || codelist->dimension != dimension.id)
        throw parameter_error("Non-existent codelist");
    Options options{{}, is_time};
    for (const auto& value : codelist->values)
        options.groups.push_back({value.code, value.label, value.members});
    return options;
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

/// "Tid" of "valueCodes[Tid]"; "" where there is none.
std::string variable_in(const std::string& name)
{
    const auto open = name.find('[');
    return open == std::string::npos || name.back() != ']' ? "" : name.substr(open + 1, name.size() - open - 2);
}

/// ASP.NET's own form, for what never reaches the statbank's code.
Problem validation_problem(const std::string& field, const std::string& what)
{
    const Json body = {{"title", "One or more validation errors occurred."},
                       {"status", 400},
                       {"errors", {{field, {what}}}},
                       {"traceId", "00-0-0-00"}};
    return {{400, "application/problem+json; charset=utf-8", {}, body.dump(), {}}};
}

/// The server multiplies in 32 bits without looking for overflow; what slips through runs into its time limit.
void check_cells(std::size_t cells, const SsbHabits& habits)
{
    const auto seen = static_cast<std::int32_t>(static_cast<std::uint32_t>(cells));
    if (seen > static_cast<std::int64_t>(habits.cells_max))
        throw parameter_error("Too many cells selected", habits.too_many_cells);
    if (cells > habits.cells_max)
        throw Problem{status_reply(503, "")};
}

/// The order of the answer's dimensions: the stub, then the heading; what neither names goes to the stub's end.
void place(SimSelection& selection, const SimTable& table, const SimQuery& query)
{
    std::vector<std::size_t> stub;
    std::vector<std::size_t> heading;
    for (const auto& [names, places] : {std::pair(&query.stub, &stub), std::pair(&query.heading, &heading)})
        for (const auto& name : *names) {
            const auto fits = [&](std::size_t i) { return upper(table.dimensions[i].id) == upper(name); };
            const auto found = std::find_if(selection.order.begin(), selection.order.end(), fits);
            if (found == selection.order.end())
                throw parameter_error("Illegal placment");
            places->push_back(*found);
            selection.order.erase(found);
        }
    if (stub.empty() && heading.empty())
        return;
    stub.insert(stub.end(), selection.order.begin(), selection.order.end());
    stub.insert(stub.end(), heading.begin(), heading.end());
    selection.order = stub;
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

SimQuery query_of_params(const std::multimap<std::string, std::string>& params)
{
    SimQuery query;
    std::map<std::string, std::string> codelists; // variable in capitals -> id
    for (const auto& [name, value] : params) {
        if (to_lower(name) == "heading" || to_lower(name) == "stub")
            (to_lower(name) == "stub" ? query.stub : query.heading) = split_values(value);
        if (to_lower(name).starts_with("codelist["))
            codelists[upper(variable_in(name))] = value;
        if (!to_lower(name).starts_with("valuecodes"))
            continue;
        const auto variable = variable_in(name);
        if (variable.empty())
            throw validation_problem(name, "The value '" + value + "' is invalid.");
        const auto same = std::find_if(query.asks.begin(), query.asks.end(),
                                       [&](const auto& ask) { return ask.variable == variable; });
        auto& ask = same == query.asks.end() ? query.asks.emplace_back(SimAsk{variable, {}, ""}) : *same;
        for (auto& expression : split_values(value))
            ask.expressions.push_back(std::move(expression));
    }
    for (auto& ask : query.asks)
        if (const auto found = codelists.find(upper(ask.variable)); found != codelists.end())
            ask.codelist = found->second;
    return query;
}

SimQuery query_of_body(const std::string& body)
{
    SimQuery query;
    try {
        const auto json = Json::parse(body);
        for (const auto& item : json.at("selection")) {
            const auto codelist = item.value("codelist", Json());
            query.asks.push_back({item.at("variableCode"), item.at("valueCodes"),
                                  codelist.is_null() ? std::string() : codelist.get<std::string>()});
        }
        const auto placement = json.value("placement", Json());
        if (!placement.is_null()) {
            query.heading = placement.value("heading", query.heading);
            query.stub = placement.value("stub", query.stub);
        }
    } catch (const Json::exception& failure) {
        throw validation_problem("$", failure.what());
    }
    return query;
}

SimSelection select(const SimTable& table, const SimQuery& query, const SsbHabits& habits)
{
    if (query.asks.empty())
        return default_selection(table);
    std::vector<SimChoice> choices(table.dimensions.size());
    for (const auto& ask : query.asks) {
        const auto index = index_of(table, ask.variable);
        const auto& dimension = table.dimensions[index];
        const auto options = options_of(table, dimension, ask.codelist);
        choices[index].groups.clear();
        for (const auto position : positions_of(options, ask.expressions, habits))
            choices[index].groups.push_back(options.groups[position]);
        if (choices[index].groups.empty() && !dimension.elimination)
            throw parameter_error("Illegal selection for mandantory variable");
    }
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (!choices[i].groups.empty())
            continue;
        if (!table.dimensions[i].elimination)
            throw parameter_error("Missing selection for mandantory variable");
        choices[i] = eliminated(table.dimensions[i]);
    }
    auto selection = in_table_order(std::move(choices));
    check_cells(selection.cells(), habits);
    place(selection, table, query);
    return selection;
}

SimSelection select_all(const SimTable& table, const std::multimap<std::string, std::string>& params)
{
    std::vector<SimChoice> choices;
    for (const auto& dimension : table.dimensions)
        choices.push_back(all_of(dimension));
    for (const auto& [name, value] : params)
        if (to_lower(name).starts_with("codelist[")) {
            const auto index = index_of(table, variable_in(name));
            choices[index].groups = options_of(table, table.dimensions[index], value).groups;
        }
    return in_table_order(std::move(choices));
}

} // namespace skurd::sim
