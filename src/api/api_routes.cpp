#include "api/api_routes.hpp"

#include "api/endpoint.hpp"
#include "api/pxweb_table.hpp"
#include "api/sdmx_endpoints.hpp"
#include "serve/content_coding.hpp"
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

/// A request and all that answers it, as long as the answer takes: longer than the request is there.
struct Asked {
    Asked(const HttpRequest& its_request, const std::string& its_id, const Endpoint& its_endpoint,
          StoreReader& reader, const ReadHost& host)
        : request(its_request), id(its_id), endpoint(its_endpoint), query(request, its_endpoint.parameters),
          reading(reader.read()), question{request, id, *reading, host}
    {
    }

    const HttpRequest request;
    const std::string id;
    const Endpoint& endpoint;
    const QueryReader query;
    const std::unique_ptr<StoreReading> reading;
    const ApiQuestion question;
};

/// What the call gives, or what is wrong, in the form that the endpoint has for that.
template <typename Answer>
auto guarded(const Endpoint& endpoint, const Answer& call) -> decltype(call())
{
    const auto refuse = endpoint.refuse ? endpoint.refuse : &problem_response;
    try {
        return call();
    } catch (const NothingThereError& failure) {
        return refuse(404, failure.what());
    } catch (const StoreError& failure) {
        return refuse(503, failure.what());
    } catch (const Error& failure) {
        return refuse(failure.code() == ExitCode::usage ? 400 : 500, failure.what());
    }
}

/// What is produced reads on from the same instant of the store.
void keep(HttpResponse& response, std::shared_ptr<Asked> asked)
{
    if (!response.produce)
        return;
    response.produce = [asked = std::move(asked), produce = std::move(response.produce)](const BodyWriter& write) {
        return guarded(asked->endpoint, [&] { return produce(write); });
    };
}

HttpResponse answer(StoreReader& reader, const ReadHost& host, const Endpoint& endpoint, const HttpRequest& request,
                    const std::string& id)
{
    return guarded(endpoint, [&] {
        auto asked = std::make_shared<Asked>(request, id, endpoint, reader, host);
        const auto tag = asked->reading->tag;
        HttpResponse response;
        response.status = 304;
        if (!endpoint.is_tagged || !is_known_tag(request, tag))
            response = endpoint.answer(asked->question, asked->query);
        if (endpoint.is_tagged)
            response.headers.emplace_back("ETag", '"' + tag + '"');
        if (const auto behind = asked->reading->behind)
            response.headers.emplace_back("Skurd-Behind-Seconds", std::to_string(behind->count()));
        response.headers.emplace_back("Cache-Control", "no-cache");
        response.headers.emplace_back("X-Content-Type-Options", "nosniff");
        keep(response, std::move(asked));
        return coded(std::move(response), request);
    });
}

} // namespace

bool is_known_tag(const HttpRequest& request, const std::string& tag)
{
    const auto tags = split(request.if_none_match, ',');
    return std::any_of(tags.begin(), tags.end(), [&](std::string_view one) {
        const auto given = trim(one);
        return given == '"' + tag + '"' || given == '"' + tag + "-gzip\"" || given == '"' + tag + "-zstd\"";
    });
}

HttpResponse problem_response(int status, const std::string& detail)
{
    auto response = json_response(
        status,
        {{"type", "about:blank"}, {"title", std::string(title_of(status))}, {"status", status}, {"detail", detail}});
    response.headers.front().second = "application/problem+json";
    return response;
}

std::string api_json_head(const ApiQuestion& question, const AsOf& as_of, const char* name)
{
    return fmt::format("{{\"commit\":{},\"as_of\":{},\"known_at\":{},\"{}\":", question.reading.commit,
                       json_line(time_json(as_of.published)), json_line(time_json(as_of.known)), name);
}

HttpResponse api_json(const ApiQuestion& question, const AsOf& as_of, const char* name, Json what)
{
    HttpResponse response;
    response.headers = {{"Content-Type", "application/json"}};
    response.body = api_json_head(question, as_of, name) + json_line(what) + "}\n";
    return response;
}

HttpResponse api_stream(std::string_view type, const std::string& file,
                        std::function<void(const BodyWriter&)> produce)
{
    auto response = file.empty() ? HttpResponse() : api_file("", type, file);
    if (file.empty())
        response.headers = {{"Content-Type", std::string(type)}};
    response.produce = [produce = std::move(produce)](const BodyWriter& write) -> std::optional<HttpResponse> {
        produce(write);
        return std::nullopt;
    };
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

CsvDialect dialect_of(const QueryReader& query)
{
    return query.word<CsvDialect>("dialect").value_or(CsvDialect::rfc4180);
}

Numbers numbers_of(const QueryReader& query)
{
    return query.choice("numbers", {"published", "corrected"}) == "corrected" ? Numbers::corrected
                                                                              : Numbers::published;
}

std::vector<const std::vector<Endpoint>*> endpoint_tables()
{
    return {&dataset_endpoints(),  &observation_endpoints(), &indicator_endpoints(), &operation_endpoints(),
            &document_endpoints(), &pxweb_endpoints(),       &sdmx_endpoints()};
}

std::vector<Route> api_routes(StoreReader& reader, const ReadHost& host)
{
    std::vector<Route> routes;
    for (const auto* table : endpoint_tables())
        for (const auto& endpoint : *table) {
            Route route{endpoint.method,
                        endpoint.path,
                        [&reader, &host, &endpoint](const HttpRequest& request, const std::string& id) {
                            return answer(reader, host, endpoint, request, id);
                        },
                        endpoint.json_max,
                        0,
                        RequestTerms::Answering::takes_long};
            route.guard = Route::Guard::handler; // nothing here writes, POST neither
            routes.push_back(std::move(route));
        }
    return routes;
}

} // namespace skurd
