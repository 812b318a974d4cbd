#include "api/api_routes.hpp"
#include "base/text.hpp"
#include "order/closed_desk.hpp"
#include "page/page_routes.hpp"
#include "tests/fuzz/checks.hpp"
#include "tests/fuzz/feeds.hpp"
#include "tests/serve/fixed_view.hpp"
#include "tests/store/store_fixture.hpp"

#include <algorithm>

namespace skurd::test {

namespace {

class FuzzedHost final : public PageHost {
public:
    FuzzedHost(std::filesystem::path state, const Clock& clock) : clock_(clock)
    {
        installation_.store = StorePlace(state);
        installation_.state = std::move(state);
    }

    Installation installation() const override { return installation_; }
    Time configured_at() const override { return {}; }
    Attributions attributions() const override { return {}; }
    const Clock& clock() const override { return clock_; }
    TcpAccess access() const override { return {}; }
    bool names_are_told() const override { return false; }
    std::vector<std::string> jobs() const override { return {}; }

private:
    Installation installation_;
    const Clock& clock_;
};

/// A small store with all that answers from it.
struct FuzzedServer {
    FuzzedServer()
    {
        store.accept(release_of({"2016", "2017"}, {{"1", {"10", ":"}}, {"a,b+c.d", {"4.50", ""}}}), "2018-01-01");
        store.accept(release_of({"2016", "2017"}, {{"1", {"11", ":"}}, {"a,b+c.d", {"4.50", "3*"}}}), "2019-01-01");
        auto months = release_of({"2016M01", "2016M02"}, {{"<&\">", {"-1", "missing"}}});
        months.dataset = "other/by.month";
        store.accept(months, "2019-06-01");
    }

    StoreFixture store;
    FuzzedHost host{store.folder.path(), store.clock};
    FixedView view;
    ClosedDesk desk;
    StoreReader reader{host};
    Router router{joined(api_routes(reader, host), page_routes(reader, host, view, desk))};
};

std::string decoded(std::string_view text)
{
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    std::string made;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_escape =
            text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
        made += is_escape ? static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2])) : text[i];
        i += is_escape ? 2 : 0;
    }
    return made;
}

/// "GET /path?name=value&…", then the header Accept, then the rest is a body.
HttpRequest request_in(std::string_view bytes)
{
    const auto line = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
    const auto accept = bytes.substr(0, bytes.find('\n'));
    bytes.remove_prefix(std::min(accept.size() + 1, bytes.size()));
    HttpRequest request;
    const auto space = std::min(line.find(' '), line.size());
    request.method = line.substr(0, space);
    const auto target = line.substr(std::min(space + 1, line.size()));
    request.path = decoded(target.substr(0, target.find('?')));
    if (const auto query = target.find('?'); query != std::string_view::npos)
        for (const auto part : split(target.substr(query + 1), '&')) {
            const auto equals = std::min(part.find('='), part.size());
            request.query[decoded(part.substr(0, equals))] = decoded(part.substr(std::min(equals + 1, part.size())));
        }
    request.accept = accept;
    request.accept_encoding = accept.find("gzip") != std::string_view::npos ? "gzip" : "";
    request.accept_language = accept;
    if (request.method == "POST") {
        request.content_type = "application/json";
        request.content_length = bytes.size();
        request.body = bytes;
    }
    return request;
}

void check_response(const HttpResponse& response)
{
    if (response.status == 500)
        throw Finding("status 500: " + response.body);
    std::string type;
    bool is_gzip = false;
    for (const auto& [name, value] : response.headers) {
        if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
            throw Finding("a header with a line end: " + name);
        type = name == "Content-Type" ? value : type;
        is_gzip = is_gzip || name == "Content-Encoding";
    }
    if (is_gzip || response.body.empty())
        return;
    if (type.find("json") != std::string::npos && type.find("ndjson") == std::string::npos &&
        Json::parse(response.body, nullptr, false).is_discarded())
        throw Finding("JSON that cannot be read: " + response.body);
    const bool is_text = type.starts_with("text/") || type.find("xml;") != std::string::npos;
    if (is_text && !is_valid_utf8(response.body))
        throw Finding("text that is no UTF-8");
}

} // namespace

bool feed_request(std::string_view bytes)
{
    static const FuzzedServer server;
    const auto request = request_in(bytes);
    auto begun = server.router.begin(request);
    if (const auto* refusal = std::get_if<HttpResponse>(&begun)) {
        check_response(*refusal);
        return false;
    }
    if (request.body.size() > std::get<RequestTerms>(begun).bytes_max)
        return false;
    const auto response = whole(server.router.answer(request));
    check_response(response);
    return response.status < 400;
}

} // namespace skurd::test
