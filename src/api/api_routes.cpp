#include "api/api_routes.hpp"

#include "api/endpoint.hpp"
#include "query/datasets.hpp"
#include "view/value_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

std::string_view title_of(int status)
{
    switch (status) {
    case 400:
        return "Bad Request";
    case 404:
        return "Not Found";
    case 503:
        return "Service Unavailable";
    default:
        return "Internal Server Error";
    }
}

HttpResponse answer_tagged(StoreReader& reader, const ReadHost& host, const Endpoint& endpoint,
                           const HttpRequest& request, const std::string& id)
{
    const QueryReader query(request, endpoint.parameters);
    const auto reading = reader.read();
    HttpResponse response;
    response.status = 304;
    if (!is_known_tag(request, reading->tag))
        response = endpoint.answer({request, id, *reading, host}, query);
    response.headers.emplace_back("ETag", '"' + reading->tag + '"');
    response.headers.emplace_back("Cache-Control", "no-cache");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return response;
}

HttpResponse answer(StoreReader& reader, const ReadHost& host, const Endpoint& endpoint, const HttpRequest& request,
                    const std::string& id)
{
    try {
        return answer_tagged(reader, host, endpoint, request, id);
    } catch (const NothingThereError& failure) {
        return problem_response(404, failure.what());
    } catch (const StoreError& failure) {
        return problem_response(503, failure.what());
    } catch (const Error& failure) {
        return problem_response(failure.code() == ExitCode::usage ? 400 : 500, failure.what());
    }
}

} // namespace

bool is_known_tag(const HttpRequest& request, const std::string& tag)
{
    const auto quoted = '"' + tag + '"';
    const auto tags = split(request.if_none_match, ',');
    return std::any_of(tags.begin(), tags.end(), [&](std::string_view one) { return trim(one) == quoted; });
}

HttpResponse problem_response(int status, const std::string& detail)
{
    auto response = json_response(
        status,
        {{"type", "about:blank"}, {"title", std::string(title_of(status))}, {"status", status}, {"detail", detail}});
    response.headers.front().second = "application/problem+json";
    return response;
}

HttpResponse api_json(const ApiQuestion& question, const AsOf& as_of, const char* name, Json what)
{
    Json answer = {{"commit", question.reading.commit},
                   {"as_of", time_json(as_of.published)},
                   {"known_at", time_json(as_of.known)}};
    answer[name] = std::move(what);
    HttpResponse response;
    response.headers = {{"Content-Type", "application/json"}};
    response.body = json_line(answer) + "\n";
    return response;
}

HttpResponse api_file(std::string bytes, std::string_view type, const std::string& file)
{
    HttpResponse response;
    response.headers = {{"Content-Type", std::string(type)},
                        {"Content-Disposition", fmt::format("attachment; filename=\"{}\"", file)}};
    response.body = std::move(bytes);
    return response;
}

HttpResponse api_csv(const std::string& csv, const std::string& file)
{
    return api_file(csv, "text/csv; charset=utf-8", file);
}

std::string file_name(std::string_view of, std::string_view extension)
{
    constexpr std::size_t length_max = 80;
    std::string name;
    for (const char c : of.substr(0, length_max)) {
        const bool is_plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        name += is_plain ? c : '-';
    }
    return fmt::format("skurd-{}.{}", name, extension);
}

void require_readable(const StoreSession& store, const Selector& selector)
{
    const auto series = series_count(store, selector);
    if (series > series_max)
        throw usage_error("{} means {} series, and {} are the most that one answer reads: name codes, as in "
                          "dataset{{dimension=code|code}}, or use `skurd get` and the views of the store",
                          excerpt(selector.text()), series, series_max);
}

std::vector<Route> api_routes(StoreReader& reader, const ReadHost& host)
{
    std::vector<Route> routes;
    for (const auto* table : {&observation_endpoints(), &indicator_endpoints(), &operation_endpoints()})
        for (const auto& endpoint : *table)
            routes.push_back({"GET", endpoint.path,
                              [&reader, &host, &endpoint](const HttpRequest& request, const std::string& id) {
                                  return answer(reader, host, endpoint, request, id);
                              },
                              0, 0, RequestTerms::Answering::may_wait});
    return routes;
}

} // namespace skurd
