// HTTP over TCP: who is answered, and who may write.
#include "serve/tcp_server.hpp"

#include "tests/serve/served_desk.hpp"

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr auto token = "0123456789abcdef0123";

std::vector<TcpListener> any_port()
{
    std::vector<TcpListener> listeners;
    listeners.emplace_back(TcpAddress{"127.0.0.1", 0});
    return listeners;
}

/// A desk that is served over TCP too.
struct OpenDesk : ServedDesk {
    explicit OpenDesk(TcpAccess its_access = {}) : access(std::move(its_access))
    {
        auto listeners = any_port();
        port = listeners.front().address().port;
        tcp.emplace(std::move(listeners), *queue, health_routes(view), [this] { return access; });
    }

    Answer over_tcp(const std::string& line, const std::string& headers, const std::string& body = "") const
    {
        RawClient client(port);
        client.send(line + " HTTP/1.1\r\n" + headers + "Connection: close\r\n" +
                    (body.empty() ? ""
                                  : "Content-Type: application/json\r\nContent-Length: " +
                                        std::to_string(body.size()) + "\r\n") +
                    "\r\n" + body);
        return answer_in(client.read_all());
    }

    TcpAccess access;
    std::uint16_t port = 0;
    std::optional<TcpServer> tcp;
};

const std::string here_host = "Host: 127.0.0.1\r\n";

std::string with_token(const std::string& given)
{
    return here_host + "Authorization: Bearer " + given + "\r\n";
}

} // namespace

TEST_CASE("over TCP everybody may read", "[serve]")
{
    OpenDesk here;
    here.give(ServedDesk::detached);
    for (const char* path :
         {"/healthz", "/readyz", "/metrics", "/api/v1/status", "/api/v1/orders", "/api/v1/orders/1"}) {
        const auto answer = here.over_tcp(std::string("GET ") + path, here_host);
        INFO(path);
        CHECK(answer.status == 200);
        CHECK(answer.head.find("Access-Control") == std::string::npos);
    }
    CHECK(here.over_tcp("GET /nothing", here_host).status == 404);
}

TEST_CASE("a request that calls us by a name of somebody else's is refused, as a rebound page's is", "[serve]")
{
    OpenDesk here(TcpAccess{{"skurd.example.org", "2001:db8::1"}, ""});
    for (const char* host : {"127.0.0.1", "127.0.0.1:7587", "localhost", "LocalHost:80", "a.localhost", "localhost.",
                             "[::1]:7587", "skurd.example.org", "Skurd.Example.org:443", "[2001:db8::1]"})
        CHECK(here.over_tcp("GET /healthz", std::string("Host: ") + host + "\r\n").status == 200);
    for (const char* host :
         {"evil.example", "127.0.0.1.evil.example", "evil.example:7587", "localhost.evil.example", "notlocalhost",
          "127.0.0.2", "[::2]", "[", "[::1", ":80", "10.0.0.1", "skurd.example.org.evil"}) {
        const auto answer = here.over_tcp("GET /metrics", std::string("Host: ") + host + "\r\n");
        INFO(host);
        CHECK(answer.status == 421);
        CHECK(answer.body.find("skurd_") == std::string::npos);
    }
    CHECK_THAT(here.over_tcp("GET /metrics", "Host: evil.example\r\n").body, Contains("name it in [serve] hosts"));
}

TEST_CASE("a request without a Host, or with two, is refused", "[serve]")
{
    OpenDesk here;
    CHECK(here.over_tcp("GET /metrics", "").status == 400);
    CHECK(here.over_tcp("GET /metrics", "Host: 127.0.0.1\r\nHost: evil.example\r\n").status == 400);
    CHECK(here.over_tcp("GET /metrics", "Host: evil.example\r\nhost: 127.0.0.1\r\n").status == 400);
    CHECK(here.over_tcp("GET http://evil.example/metrics", here_host).status == 404);
}

TEST_CASE("where there is no token nobody writes over TCP, and is told why", "[serve]")
{
    OpenDesk here;
    for (const auto& headers : {here_host, with_token(token), with_token("")}) {
        const auto answer = here.over_tcp("POST /api/v1/orders", headers, ServedDesk::detached);
        CHECK(answer.status == 403);
        CHECK_THAT(answer.body, Contains("[serve] token_file"));
    }
    here.give(ServedDesk::detached);
    CHECK(here.over_tcp("DELETE /api/v1/orders/1", here_host).status == 403);
    CHECK(here.queue->list().size() == 1);
}

TEST_CASE("who gives the token writes, and any other is refused", "[serve]")
{
    OpenDesk here(TcpAccess{{}, token});
    for (const auto& headers :
         {here_host, with_token(""), with_token("0123456789abcdef0124"), with_token(std::string(token) + "4"),
          with_token("0123456789abcdef012"), here_host + "Authorization: Basic " + token + "\r\n",
          here_host + "Authorization: " + token + "\r\n"}) {
        const auto answer = here.over_tcp("POST /api/v1/orders", headers, ServedDesk::detached);
        INFO(headers);
        CHECK(answer.status == 401);
        CHECK_THAT(answer.head, Contains("WWW-Authenticate: Bearer"));
    }
    CHECK(here.queue->list().empty());
    const auto taken = here.over_tcp("POST /api/v1/orders", with_token(token), ServedDesk::detached);
    CHECK(taken.status == 202);
    CHECK(here.over_tcp("GET /api/v1/orders", with_token("another one")).status == 401);
    CHECK(here.over_tcp("GET /api/v1/orders", here_host).status == 200);
    CHECK(here.over_tcp("DELETE /api/v1/orders/1?by=Ola", with_token(token)).status == 202);
    CHECK_THAT(ended(*here.queue, 1).error, Contains("cancelled by Ola (from 127.0.0.1)"));
}

TEST_CASE("an order over TCP has its peer's address beside the name claimed", "[serve]")
{
    OpenDesk here(TcpAccess{{}, token});
    REQUIRE(here.over_tcp("POST /api/v1/orders", with_token(token), ServedDesk::detached).status == 202);
    CHECK(here.queue->find(1).value().giver == OrderGiver{"Kari", std::nullopt, "127.0.0.1"});
    const auto told = here.over_tcp("GET /api/v1/orders/1", with_token(token)).json();
    CHECK(told["given_by"] == Json{{"name", "Kari"}, {"uid", nullptr}, {"address", "127.0.0.1"}});

    // Who only reads is told who people are where the configuration says so.
    const Json nobody = {{"name", ""}, {"uid", nullptr}, {"address", "127.0.0.1"}};
    CHECK(here.over_tcp("GET /api/v1/orders/1", here_host).json()["given_by"] == nobody);
    CHECK(here.over_tcp("GET /api/v1/orders", here_host).json()["orders"][0]["given_by"] == nobody);
    here.access.names = true;
    CHECK(here.over_tcp("GET /api/v1/orders/1", here_host).json()["given_by"] == told["given_by"]);
}

TEST_CASE("the token may become another one while the daemon goes on", "[serve]")
{
    OpenDesk here(TcpAccess{{}, token});
    here.access.token = "another token of some length";
    CHECK(here.over_tcp("POST /api/v1/orders", with_token(token), ServedDesk::detached).status == 401);
    CHECK(here.over_tcp("POST /api/v1/orders", with_token(here.access.token), ServedDesk::detached).status == 202);
}

TEST_CASE("who reads of an order without the token neither holds nor ends it", "[serve]")
{
    OpenDesk here(TcpAccess{{}, token});
    REQUIRE(here.over_tcp("POST /api/v1/orders", with_token(token), ServedDesk::attached).status == 202);
    RawClient owner(here.port);
    owner.send("GET /api/v1/orders/1/events HTTP/1.1\r\n" + with_token(token) + "Connection: close\r\n\r\n");
    REQUIRE_FALSE(owner.read_until("\"queued\"").empty());
    {
        RawClient stranger(here.port);
        stranger.send("GET /api/v1/orders/1/events HTTP/1.1\r\n" + here_host + "Connection: close\r\n\r\n");
        REQUIRE_FALSE(stranger.read_until("\"queued\"").empty());
    }
    REQUIRE_FALSE(owner.read_until("1\r\n\n\r\n").empty()); // a second later
    CHECK(here.queue->find(1).value().state == OrderState::running);
    RawClient stranger(here.port);
    stranger.send("GET /api/v1/orders/1/events HTTP/1.1\r\n" + here_host + "Connection: close\r\n\r\n");
    REQUIRE_FALSE(stranger.read_until("\"queued\"").empty());
    owner.close();
    CHECK_THAT(ended(*here.queue, 1).error, Contains("its client is gone"));
}

TEST_CASE("an address that is taken is refused by name, and one that the machine has not", "[serve]")
{
    const TcpListener first({"127.0.0.1", 0});
    CHECK(first.address().port != 0);
    CHECK_THROWS_WITH(TcpListener(first.address()), Contains(to_text(first.address()) + " is taken"));
    CHECK_THROWS_AS(TcpListener({"192.0.2.1", 0}), NoSuchAddressError);
}

TEST_CASE("silent clients over TCP hold nobody up", "[serve]")
{
    OpenDesk here;
    std::vector<std::unique_ptr<RawClient>> silent;
    for (int i = 0; i < 250; ++i) // more than may be there at once
        silent.push_back(std::make_unique<RawClient>(here.port));
    CHECK(here.over_tcp("GET /healthz", here_host).status == 200);
    CHECK(here.ask("GET /healthz").status == 200);
}

TEST_CASE("a form that guards itself is let through to its handler, and nothing else is", "[serve]")
{
    ServedDesk desk;
    Route form{"POST", "/form", [](const HttpRequest& request, const std::string&) {
                   return json_response(200, {{"name", request.form.at("name")}, {"cookie", request.cookie}});
               }};
    form.fields_max = 100;
    form.guard = Route::Guard::handler;
    Route guarded = form;
    guarded.path = "/guarded";
    guarded.guard = Route::Guard::server;
    auto listeners = any_port();
    const auto port = listeners.front().address().port;
    const TcpServer tcp(std::move(listeners), *desk.queue, {form, guarded}, [] { return TcpAccess{{}, token}; });
    const auto post = [&](const std::string& path, const std::string& headers) {
        RawClient client(port);
        client.send("POST " + path + " HTTP/1.1\r\n" + headers +
                    "Cookie: a=b\r\nConnection: close\r\nContent-Type: " +
                    "application/x-www-form-urlencoded\r\nContent-Length: 14\r\n\r\nname=K%C3%A5+i");
        return answer_in(client.read_all());
    };
    const auto taken = post("/form", here_host);
    CHECK(taken.status == 200);
    CHECK(taken.json() == Json{{"name", "Kå i"}, {"cookie", "a=b"}});
    CHECK(post("/guarded", here_host).status == 401);
    CHECK(post("/guarded", with_token(token)).status == 200);
    CHECK(post("/form", "Host: evil.example\r\n").status == 421);
    CHECK(post("/form", with_token("another token of some length")).status == 401);
    CHECK(post("/api/v1/orders", with_token(token)).status == 415); // an order is no such form
}
