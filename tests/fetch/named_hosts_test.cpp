// Which hosts are called, and which of their addresses.
#include "tests/fetch/fetch_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using test::failure_of;
using test::get;
using test::Names;
using test::raw_answer;
using test::RawConnection;
using test::RawServer;
using test::settings_for;
using test::SharedClock;

namespace {

const std::string monday = "2025-03-03T08:20:00Z";

RawServer::Answer answering(const std::string& body)
{
    return [body](RawConnection& connection) { connection.send(raw_answer(body)); };
}

RawServer::Answer redirecting(std::function<std::string()> location)
{
    return [location = std::move(location)](RawConnection& connection) {
        const bool first = connection.request().starts_with("GET / ");
        connection.send(first ? raw_answer("", {"Location: " + location()}, 302) : raw_answer("there"));
    };
}

} // namespace

TEST_CASE("only hosts that the run's job or the configuration names are called", "[fetch]")
{
    SharedClock clock(monday);
    Names names{{{"data.example", {{"203.0.113.7"}}}}}; // an address that is refused later, so nobody is called
    FetchSettings settings;
    settings.allow_hosts = {"allowed.example"};
    settings.tries = 1;
    CurlFetcher fetcher(settings, clock, 1, names.resolver());
    const auto unnamed = failure_of(fetcher, get("https://data.example/x"));
    const auto allowed = failure_of(fetcher, get("https://allowed.example/x"));
    const auto asked_before = names.asked;
    fetcher.begin_run({"data.example"});
    const auto named = failure_of(fetcher, get("https://DATA.example/x"));
    fetcher.begin_run({"other.example"});
    const auto another_run = failure_of(fetcher, get("https://data.example/x"));

    CHECK(unnamed == "GET https://data.example/x: the job does not name the host 'data.example'; if it is meant, "
                     "name it in [fetch] allow_hosts");
    CHECK(another_run == unnamed);
    CHECK(asked_before == std::vector<std::string>{"allowed.example"});
    CHECK(allowed.ends_with("no response after 1 try: no address of 'allowed.example' is known"));
    CHECK(named.find("'data.example' has the address 203.0.113.7") != std::string::npos);
}

TEST_CASE("a name that has one address inside the house is refused, whatever else it has", "[fetch]")
{
    const auto inside = GENERATE("127.0.0.1", "10.0.0.1", "100.64.0.1", "169.254.169.254", "::1", "fe80::1",
                                 "::ffff:192.168.0.1", "64:ff9b::a00:1");
    SharedClock clock(monday);
    Names names{{{"data.example", {{"1.1.1.1", inside}}}}};
    CurlFetcher fetcher({}, clock, 1, names.resolver());
    fetcher.begin_run({"data.example"});
    const auto failure = failure_of(fetcher, get("https://data.example/x"));
    CHECK(failure == std::string("GET https://data.example/x: refused: 'data.example' has the address ") + inside +
                         ", which is loopback, private or link-local; if that is meant, name 'data.example' in "
                         "[fetch] allow_private");
    CHECK(clock.waited().count() == 0); // not tried again
}

TEST_CASE("a name is resolved once in a run, and nothing but what it had then is called", "[fetch]")
{
    RawServer server(answering("good"));
    SharedClock clock(monday);
    Names names{{{"data.example", {{"127.0.0.2"}, {"127.0.0.3"}}}}};
    CurlFetcher fetcher(settings_for({"data.example"}), clock, 1, names.resolver());
    const auto url = server.url("data.example");
    fetcher.begin_run({"data.example"});
    const auto first = fetcher.fetch(get(url), {});
    const auto second = fetcher.fetch(get(url), {});
    const auto asked_in_one_run = names.asked.size();
    fetcher.begin_run({"data.example"});
    const auto third = fetcher.fetch(get(url), {});
    CHECK(first->body == "good");
    CHECK(second->body == "good");
    CHECK(third->body == "good");
    CHECK(asked_in_one_run == 1);
    CHECK(names.asked.size() == 2);
}

TEST_CASE("a name without an address is asked for again, and judged when it has one", "[fetch]")
{
    SharedClock clock(monday);
    Names names{{{"data.example", {{}, {"127.0.0.1"}}}}};
    FetchSettings settings;
    settings.tries = 2;
    CurlFetcher fetcher(settings, clock, 1, names.resolver());
    fetcher.begin_run({"data.example"});
    const auto failure = failure_of(fetcher, get("https://data.example/x"));
    CHECK(failure.find("has the address 127.0.0.1") != std::string::npos); // the second try asked again
    CHECK(names.asked.size() == 2);
}

TEST_CASE("the system is asked for names, and not longer than one wants to wait", "[fetch]")
{
    const auto found = resolve_host("localhost", std::chrono::seconds(10), {});
    const auto none = resolve_host("no such name", std::chrono::seconds(10), {});
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = resolve_host("localhost", std::chrono::seconds(10), stop.get_token());
    CHECK(std::find(found.begin(), found.end(), "127.0.0.1") != found.end());
    CHECK(none.empty());
    CHECK((stopped.empty() || stopped == found));
}

TEST_CASE("a redirect leads to another host only when that is named", "[fetch]")
{
    std::string location;
    RawServer server(redirecting([&] { return location; }));
    SharedClock clock(monday);
    Names names{{{"a.example", {{"127.0.0.1"}}}, {"b.example", {{"127.0.0.1"}}}, {"c.example", {{"127.0.0.1"}}}}};
    auto settings = settings_for({"a.example", "b.example", "c.example"});
    CurlFetcher fetcher(settings, clock, 1, names.resolver());
    fetcher.begin_run({"a.example", "b.example"});
    const auto go = [&](const std::string& to) {
        location = to;
        return fetcher.fetch(get(server.url("a.example")), {})->url;
    };
    const auto refusal = [&](const std::string& to) {
        location = to;
        return failure_of(fetcher, get(server.url("a.example")));
    };
    CHECK(go("/x") == server.url("a.example", "/x"));
    CHECK(go(server.url("b.example", "/x")) == server.url("b.example", "/x"));
    // That it may be called if a job names it does not make it a place to be sent to.
    CHECK(refusal(server.url("c.example", "/x")).find("nor with https on one that the job") != std::string::npos);
    CHECK(refusal("http://b.example:22/").find("redirected to") != std::string::npos);
    CHECK(refusal("http://a.example:22/").find("redirected to") != std::string::npos);
    CHECK(refusal("http://127.0.0.1:" + std::to_string(server.port())).find("redirected to") != std::string::npos);
    CHECK(refusal("gopher://a.example/").find("redirected to") != std::string::npos);
    CHECK(refusal("http://x:y@b.example:" + std::to_string(server.port())).find("user name") != std::string::npos);
    CHECK(refusal("").find("redirected") != std::string::npos);
}

TEST_CASE("a redirect to a named host whose address is inside the house is refused", "[fetch]")
{
    std::string location;
    RawServer server(redirecting([&] { return location; }));
    SharedClock clock(monday);
    Names names{{{"a.example", {{"127.0.0.1"}}}, {"b.example", {{"10.0.0.1"}}}}};
    CurlFetcher fetcher(settings_for({"a.example"}), clock, 1, names.resolver());
    fetcher.begin_run({"a.example", "b.example"});
    location = "https://b.example/";
    CHECK(failure_of(fetcher, get(server.url("a.example"))).find("'b.example' has the address 10.0.0.1") !=
          std::string::npos);
    location = "http://b.example:" + std::to_string(server.port()) + "/";
    CHECK(failure_of(fetcher, get(server.url("a.example"))).find("http without TLS is not allowed") !=
          std::string::npos);
}
