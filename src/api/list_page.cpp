#include "api/list_page.hpp"

#include <fmt/format.h>

namespace skurd {

std::string link_with(const ApiQuestion& question, const std::string& parameter, const std::string& value)
{
    auto query = question.request.query;
    query[parameter] = value;
    std::vector<std::string> parts;
    for (const auto& [name, given] : query)
        parts.push_back(fmt::format("{}={}", percent_encode(name), percent_encode(given)));
    return question.request.path + "?" + join(parts, "&");
}

std::string next_link(const ApiQuestion& question, const std::string& cursor)
{
    return link_with(question, "cursor", cursor);
}

void add_link(HttpResponse& response, const std::string& next)
{
    if (!next.empty())
        response.headers.emplace_back("Link", fmt::format("<{}>; rel=\"next\"", next));
}

HttpResponse api_json_page(const ApiQuestion& question, const AsOf& as_of, const char* name, Json list,
                           const std::string& next)
{
    HttpResponse response;
    response.headers = {{"Content-Type", "application/json"}};
    response.body = fmt::format("{}{},\"next\":{}}}\n", api_json_head(question, as_of, name), json_line(list),
                                next.empty() ? "null" : json_line(Json(next)));
    add_link(response, next);
    return response;
}

} // namespace skurd
