// The description of the API, made from the tables that the server answers by.
#include "api/endpoint.hpp"
#include "api/parameters.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <map>

namespace skurd {

namespace {

Json path_parameters(std::string_view path)
{
    Json parameters = Json::array();
    for (std::size_t at = 0; (at = path.find('{', at)) != std::string_view::npos; ++at) {
        const auto name = path.substr(at + 1, path.find('}', at) - at - 1);
        parameters.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}});
    }
    return parameters;
}

/// "getApiV1Flags": a name that no other has.
std::string operation_id(const Endpoint& endpoint)
{
    auto id = to_lower(endpoint.method);
    bool is_first = true;
    for (const char c : endpoint.path) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_letter)
            id += is_first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        is_first = !is_letter;
    }
    return id;
}

Json operation(const Endpoint& endpoint)
{
    auto parameters = path_parameters(endpoint.path);
    for (const auto& name : endpoint.parameters)
        parameters.push_back(described_parameter(name));
    // The dialects refuse in forms of their own.
    const auto problem = endpoint.refuse ? Json{{"description", "What is wrong, as this path's clients read it"}}
                                         : Json{{"$ref", "#/components/responses/Problem"}};
    Json json = {{"operationId", operation_id(endpoint)},
                 {"summary", endpoint.summary},
                 {"parameters", std::move(parameters)},
                 {"responses",
                  {{"200", {{"description", "What was asked for"}}},
                   {"304", {{"description", "It is what the client has (If-None-Match)"}}},
                   {"400", problem},
                   {"404", problem},
                   {"503", problem}}}};
    if (endpoint.json_max > 0) {
        const Json any = {{"schema", {{"type", "object"}}}};
        json["requestBody"] = {{"required", true}, {"content", {{"application/json", any}}}};
    }
    return json;
}

Json document()
{
    Json paths = Json::object();
    for (const auto* table : endpoint_tables())
        for (const auto& endpoint : *table)
            paths[std::string(endpoint.path)][to_lower(endpoint.method)] = operation(endpoint);
    const Json detail = {{"type", "object"},
                         {"properties",
                          {{"type", {{"type", "string"}}},
                           {"title", {{"type", "string"}}},
                           {"status", {{"type", "integer"}}},
                           {"detail", {{"type", "string"}}}}}};
    const Json problem = {{"description", "What is wrong, and what to do"},
                          {"content", {{"application/problem+json", {{"schema", detail}}}}}};
    return {{"openapi", "3.1.0"},
            {"info",
             {{"title", "skurd"},
              {"version", SKURD_VERSION},
              {"description", "Official statistics with every version that was published, and when. Everything is "
                              "read; HEAD is answered wherever GET is."}}},
            {"servers", {{{"url", "/"}}}},
            {"paths", std::move(paths)},
            {"components", {{"responses", {{"Problem", problem}}}}}};
}

HttpResponse show_document(const ApiQuestion&, const QueryReader&)
{
    HttpResponse response;
    response.headers = {{"Content-Type", "application/vnd.oai.openapi+json;version=3.1"}};
    response.body = json_line(document()) + "\n";
    return response;
}

} // namespace

const std::vector<Endpoint>& document_endpoints()
{
    static const std::vector<Endpoint> all = {
        {"/api/v1/openapi.json", {}, &show_document, "This description, as OpenAPI 3.1"},
    };
    return all;
}

} // namespace skurd
