// What is asked of hosts, counted.
#include "fetch/curl_fetcher.hpp"

#include "base/error.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace std::chrono_literals;

TEST_CASE("requests, bytes, failures, further tries and waits are counted by host, over fetchers", "[fetch]")
{
    int answered = 0;
    const sim::HttpServer source(0, [&](const sim::HttpRequest&) {
        auto reply = sim::status_reply(++answered == 1 ? 503 : 200, "12345");
        reply.content_type = "text/plain";
        return reply;
    });
    test::ManualClock clock("2026-03-02T08:00:00Z");
    auto settings = test::loopback_settings();
    settings.hosts["127.0.0.1"] = {2, 60s};
    const auto counters = std::make_shared<FetchCounters>();
    const auto ask = [&](const std::string& path) {
        CurlFetcher fetcher(settings, clock, 1, &resolve_host, counters);
        Request request;
        request.url = fmt::format("http://127.0.0.1:{}{}", source.port(), path);
        fetcher.begin_run({"127.0.0.1"});
        fetcher.fetch(request, {});
        request.url += "2";
        fetcher.fetch(request, {}); // the third call in a window of two
    };
    ask("/a");
    auto totals = counters->totals();
    REQUIRE(totals.size() == 1);
    CHECK(totals["127.0.0.1"].requests == 3);
    CHECK(totals["127.0.0.1"].failures == 1);
    CHECK(totals["127.0.0.1"].retries == 1);
    CHECK(totals["127.0.0.1"].bytes == 15);
    CHECK(totals["127.0.0.1"].waited > 30s);
    ask("/b");
    CHECK(counters->totals()["127.0.0.1"].requests == 5);
}

TEST_CASE("hosts beyond the bound are counted together, and nothing is lost", "[fetch]")
{
    FetchCounters counters;
    for (int i = 0; i < 1000; ++i)
        counters.made_request(fmt::format("host{}", i));
    counters.got("host1", 7);
    const auto totals = counters.totals();
    CHECK(totals.size() == FetchCounters::hosts_max + 1);
    CHECK(totals.at("host1").bytes == 7);
    CHECK(totals.at("other").requests == 1000 - FetchCounters::hosts_max);
}
