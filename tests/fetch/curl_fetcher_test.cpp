#include "fetch/curl_fetcher.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace std::chrono_literals;
using test::loopback_settings;
using test::SimWorld;

namespace {

Request description(const SimWorld& world)
{
    Request request;
    request.url = world.ssb.base_url() + "/tables/07459?lang=no";
    request.accept = "application/json";
    request.purpose = "description of table 07459";
    return request;
}

Request get(const std::string& url)
{
    Request request;
    request.url = url;
    return request;
}

/// The message a fetch ends with; "" when it does not fail.
std::string failure_of(CurlFetcher& fetcher, const Request& request, std::stop_token stop = {})
{
    try {
        fetcher.fetch(request, std::move(stop));
    } catch (const Error& failure) {
        return failure.what();
    }
    return "";
}

sim::HttpReply too_many(const std::string& retry_after)
{
    auto reply = sim::status_reply(429, "slow down");
    if (!retry_after.empty())
        reply.headers["Retry-After"] = retry_after;
    return reply;
}

sim::HttpReply redirect(int status, const std::string& location)
{
    auto reply = sim::status_reply(status, "");
    reply.headers["Location"] = location;
    return reply;
}

} // namespace

TEST_CASE("a good response comes back whole, decompressed, with its type and time", "[fetch]")
{
    SimWorld world;
    const auto response = world.fetcher.fetch(description(world), {});
    REQUIRE(response);
    CHECK(response->status == 200);
    CHECK(response->media_type == "application/json");
    CHECK(response->url == description(world).url);
    CHECK(response->body.starts_with(R"({"language":"no","id":"07459")"));
    CHECK(response->received_at == world.clock.now());
    CHECK(world.clock.waited() == 0ms);
    CHECK(world.ssb.log() == std::vector<std::string>{"GET /api/pxwebapi/v2/tables/07459?lang=no"});
}

TEST_CASE("a response has the time that the server's own clock shows, where it says so", "[fetch]")
{
    SimWorld world;
    auto dated = sim::status_reply(200, "{}");
    dated.headers["Date"] = "Mon, 03 Mar 2025 08:19:30 GMT";
    auto undated = sim::status_reply(200, "{}");
    undated.headers["Date"] = "yesterday";
    world.ssb.fail_next(1, dated);
    const auto first = world.fetcher.fetch(description(world), {});
    world.ssb.fail_next(1, undated);
    const auto second = world.fetcher.fetch(description(world), {});

    CHECK(first->dated_at == parse_time("2025-03-03T08:19:30Z"));
    CHECK_FALSE(second->dated_at);
}

TEST_CASE("a body is sent along with POST", "[fetch]")
{
    SimWorld world;
    auto request = get(world.ssb.base_url() + "/tables/07459/data?lang=no");
    request.method = "POST";
    request.content_type = "application/json";
    request.body = R"~({"selection":[{"variableCode":"ContentsCode","valueCodes":["*"]},
                                    {"variableCode":"Tid","valueCodes":["range(2021,2022)"]}]})~";
    const auto response = world.fetcher.fetch(request, {});
    REQUIRE(response);
    CHECK(response->status == 200);
    CHECK(response->body.find(R"("size":[1,2])") != std::string::npos);
}

TEST_CASE("400, 403 and 404 go to the caller at once, with their bodies", "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(1, sim::status_reply(403, "no"));
    const auto forbidden = world.fetcher.fetch(description(world), {});
    const auto unknown = world.fetcher.fetch(get(world.ssb.base_url() + "/tables/99999"), {});
    const auto wrong = world.fetcher.fetch(get(world.ssb.base_url() + "/tables/99999/data"), {});
    CHECK(forbidden->status == 403);
    CHECK(forbidden->body == "no");
    CHECK(unknown->status == 404);
    CHECK(unknown->body == R"({"type":"Parameter error","title":"Non-existent table","status":404})");
    CHECK(wrong->status == 400);
    CHECK(world.ssb.log().size() == 3);
}

TEST_CASE("429 waits as long as Retry-After says, and is tried again", "[fetch]")
{
    struct Row {
        std::string retry_after;
        std::chrono::seconds wait;
    };
    const auto row =
        GENERATE(Row{"7", 7s}, Row{"0", 1s}, Row{"900", 900s}, Row{"", 60s}, Row{"soon", 60s}, Row{"-5", 60s},
                 Row{"Mon, 03 Mar 2025 08:22:00 GMT", 120s}, Row{"Mon, 03 Mar 2025 08:00:00 GMT", 1s});
    SimWorld world;
    world.ssb.fail_next(1, too_many(row.retry_after));
    const auto response = world.fetcher.fetch(description(world), {});
    INFO("Retry-After: " << row.retry_after);
    CHECK(response->status == 200);
    CHECK(world.clock.waited() == row.wait);
}

TEST_CASE("an absurd Retry-After ends the run, says when to come back, and holds off the next request too", "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(1, too_many("7200"));
    const auto name = "GET " + description(world).url + " (description of table 07459): ";
    const auto first = failure_of(world.fetcher, description(world));
    const auto second = failure_of(world.fetcher, description(world));
    CHECK(first == name + "HTTP 429, and the server asks to wait until 2025-03-03T10:20:00Z; run the job again then");
    CHECK(second == name + "127.0.0.1 asked not to be called before 2025-03-03T10:20:00Z; run the job again then");
    CHECK(world.ssb.log().size() == 1);
    CHECK(world.clock.waited() == 0ms);
}

TEST_CASE("a long Retry-After of one path is one path's: the others are fetched, and so is it for a person",
          "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(1, too_many("7200"));
    const auto request = description(world);
    auto other = request;
    other.url.insert(other.url.find("/tables"), "/other");
    failure_of(world.fetcher, request);
    const auto elsewhere = world.fetcher.fetch(other, {});
    const auto refused = failure_of(world.fetcher, request);
    world.fetcher.begin_run({"127.0.0.1"});
    world.fetcher.lift_holds();
    const auto asked = world.fetcher.fetch(request, {});

    REQUIRE(elsewhere);
    CHECK(elsewhere->status == 404);
    CHECK_THAT(refused, Catch::Matchers::Contains("asked not to be called before 2025-03-03T10:20:00Z"));
    REQUIRE(asked);
    CHECK(asked->status == 200);
    CHECK(world.clock.waited() == 60s); // before the other path, since 429 is said of the whole host
}

TEST_CASE("a Retry-After of many digits is as absurd as one of five", "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(1, too_many("99999999999999999999999999"));
    CHECK(failure_of(world.fetcher, description(world)).find("asks to wait until 2056") != std::string::npos);
}

TEST_CASE("503 is tried again after a pause with jitter", "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(2, sim::status_reply(503, "maintenance"));
    const auto response = world.fetcher.fetch(description(world), {});
    CHECK(response->status == 200);
    CHECK(world.clock.waited() > 0ms);
    CHECK(world.clock.waited() <= 6s);
}

TEST_CASE("tries are bounded; the last response then goes to the caller", "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(9, sim::status_reply(503, "maintenance"));
    const auto response = world.fetcher.fetch(description(world), {});
    CHECK(response->status == 503);
    CHECK(response->body == "maintenance");
    CHECK(world.ssb.log().size() == 4);
}

TEST_CASE("HTML where JSON was asked for may be a maintenance page, and is tried again", "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(1, sim::html_page());
    const auto response = world.fetcher.fetch(description(world), {});
    CHECK(response->media_type == "application/json");
    CHECK(world.ssb.log().size() == 2);
}

TEST_CASE("a web page is no response where anything else was asked for, whatever it is called", "[fetch]")
{
    const auto accept = GENERATE("application/json", "text/csv", "application/zip", "application/vnd.ms-excel");
    auto settings = loopback_settings();
    settings.tries = 2;
    SimWorld world(settings);
    auto disguised = sim::status_reply(200, "\xef\xbb\xbf \n<!DOCTYPE html><p>Vedlikehold");
    disguised.content_type = accept;
    auto request = description(world);
    request.accept = accept;
    world.ssb.fail_next(2, disguised);
    const auto failure = failure_of(world.fetcher, request);
    world.ssb.fail_next(1, sim::html_page());
    const auto again = world.fetcher.fetch(request, {});
    request.accept = "text/html";
    world.ssb.fail_next(1, sim::html_page());
    const auto wanted = world.fetcher.fetch(request, {});
    CHECK(failure.ends_with(std::string("HTML instead of ") + accept +
                            " (a maintenance page?); run the job again later"));
    CHECK(again->media_type == "application/json");
    CHECK(wanted->media_type == "text/html");
    CHECK(world.ssb.log().size() == 2 + 2 + 1);
}

TEST_CASE("a page of an error goes to the caller at once: it is the answer", "[fetch]")
{
    SimWorld world;
    auto page = sim::html_page();
    page.status = GENERATE(400, 401, 403, 404, 405, 410);
    world.ssb.fail_next(1, page);
    const auto response = world.fetcher.fetch(description(world), {});
    CHECK(response->status == page.status);
    CHECK(world.ssb.log().size() == 1);
    CHECK(world.clock.waited() == 0ms);
}

TEST_CASE("a spent quota holds off the host until it is renewed, or for a window", "[fetch]")
{
    struct Row {
        std::string reset;
        std::chrono::seconds wait;
    };
    const auto row =
        GENERATE(Row{"", 60s}, Row{"7", 7s}, Row{"0", 1s}, Row{"1740990030", 30s}, Row{"1740990030000", 30s},
                 Row{"2025-03-03T08:20:40Z", 40s}, Row{"soon", 60s}, Row{"-3", 60s}, Row{"1000000000", 60s});
    SimWorld world;
    auto last = sim::status_reply(200, "{}");
    last.content_type = "application/json";
    last.headers["X-RateLimit-Remaining"] = "0";
    if (!row.reset.empty())
        last.headers["X-RateLimit-Reset"] = row.reset;
    world.ssb.fail_next(1, last);
    world.fetcher.fetch(description(world), {});
    const auto waited_before = world.clock.waited();
    world.fetcher.fetch(description(world), {});
    INFO("reset: " << row.reset);
    CHECK(waited_before == 0ms); // the answer is there; only the next call waits
    CHECK(world.clock.waited() == row.wait);
}

TEST_CASE("a quota that is not spent holds off nobody", "[fetch]")
{
    SimWorld world;
    auto reply = sim::status_reply(200, "{}");
    reply.content_type = "application/json";
    reply.headers["X-RateLimit-Remaining"] = GENERATE("1", "10", "-", "none");
    world.ssb.fail_next(1, reply);
    world.fetcher.fetch(description(world), {});
    world.fetcher.fetch(description(world), {});
    CHECK(world.clock.waited() == 0ms);
}

TEST_CASE("a host with a pace of its own is held to that, also inside the house", "[fetch]")
{
    auto settings = loopback_settings();
    settings.hosts["127.0.0.1"] = {2, 10s};
    SimWorld world(settings);
    for (int i = 0; i < 5; ++i)
        world.fetcher.fetch(description(world), {});
    CHECK(world.clock.waited() == 22s); // a window and a second, twice
}

TEST_CASE("a response that breaks off does not count as whole", "[fetch]")
{
    SimWorld world;
    world.ssb.cut_next(20);
    const auto response = world.fetcher.fetch(description(world), {});
    CHECK(response->body.ends_with("}"));
    CHECK(world.ssb.log().size() == 2);
}

TEST_CASE("a host that does not answer is an error after the last try", "[fetch]")
{
    std::string url;
    {
        SimWorld gone;
        url = gone.ssb.host_url() + "/x";
    }
    test::SharedClock clock("2025-03-03T08:20:00Z");
    CurlFetcher fetcher(loopback_settings(), clock, 1);
    const auto message = failure_of(fetcher, get(url));
    CHECK(message.starts_with("GET " + url + ": no response after 4 tries: Failed to connect to 127.0.0.1"));
    CHECK(clock.waited() <= 14s);
}

TEST_CASE("a circle of redirects ends where it closes, and a wall that wants its cookie back is named", "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(1, redirect(301, description(world).url));
    const auto circle = failure_of(world.fetcher, description(world));
    auto wall = redirect(302, "/wall");
    wall.headers["Set-Cookie"] = "seen=1; Path=/";
    world.ssb.fail_next(1, wall);
    world.ssb.fail_next(1, redirect(302, description(world).url));
    const auto walled = failure_of(world.fetcher, description(world));

    CHECK(circle.ends_with("redirected in a circle by 127.0.0.1"));
    CHECK(walled.find("redirected in a circle by 127.0.0.1, which wants its cookie back before it answers") !=
          std::string::npos);
    CHECK(world.ssb.log().size() == 1 + 2);
}

TEST_CASE("redirects are followed on the same host only, and five times at most", "[fetch]")
{
    SimWorld world;
    world.ssb.fail_next(1, redirect(302, "/api/pxwebapi/v2/tables/07459?lang=en"));
    const auto followed = world.fetcher.fetch(description(world), {});
    world.ssb.fail_next(1, redirect(302, "https://example.org/elsewhere"));
    const auto away = failure_of(world.fetcher, description(world));
    world.ssb.fail_next(1, redirect(302, "http://127.0.0.1:1/x"));
    const auto other_port = failure_of(world.fetcher, description(world));
    world.ssb.fail_next(1, redirect(302, "file:///etc/passwd"));
    const auto file = failure_of(world.fetcher, description(world));
    for (int i = 1; i <= 6; ++i)
        world.ssb.fail_next(1, redirect(301, fmt::format("/api/pxwebapi/v2/tables/07459?step={}", i)));
    const auto far = failure_of(world.fetcher, description(world));

    CHECK(followed->url == world.ssb.base_url() + "/tables/07459?lang=en");
    CHECK(followed->body.starts_with(R"({"language":"en")"));
    CHECK(away.find("redirected to 'https://example.org/elsewhere', which is not on the same host, nor with https on "
                    "one that the job or [fetch] allow_hosts names") != std::string::npos);
    CHECK(other_port.find("not on the same host") != std::string::npos);
    CHECK(file.find("not on the same host") != std::string::npos);
    CHECK(far.ends_with("redirected more than 5 times"));
    CHECK(world.ssb.log().size() == 2 + 3 + 6);
}

TEST_CASE("what may not be fetched is refused before anything is sent", "[fetch]")
{
    SimWorld world;
    auto settings = loopback_settings();
    settings.allow_http = {};
    CurlFetcher secure(settings, world.clock, 1);
    settings = loopback_settings();
    settings.allow_private = {};
    CurlFetcher outward(settings, world.clock, 1);
    const auto url = description(world).url;

    const auto http = failure_of(secure, get(url));
    const auto loopback = failure_of(outward, get(url));
    const auto user = failure_of(world.fetcher, get("http://me:word@127.0.0.1/"));
    const auto scheme = failure_of(world.fetcher, get("ftp://127.0.0.1/x"));
    const auto no_url = failure_of(world.fetcher, get("tables/07459"));

    CHECK(http ==
          "GET " + url + ": http without TLS is not allowed; use https, or name '127.0.0.1' in [fetch] allow_http");
    CHECK(loopback == "GET " + url +
                          ": refused: its address is loopback, private or link-local; if that is meant, "
                          "name '127.0.0.1' in [fetch] allow_private");
    CHECK(user.ends_with("a URL with a user name or password is not fetched"));
    CHECK(scheme == "GET ftp://127.0.0.1/x: only https is fetched, not 'ftp'");
    CHECK(no_url == "GET tables/07459: not an absolute URL");
    CHECK(world.ssb.log().empty());
}

TEST_CASE("a body over the limit is refused, also when only its decompressed form is", "[fetch]")
{
    auto settings = loopback_settings();
    settings.bytes_max = 10'000;
    SimWorld world(settings);
    auto bomb = sim::status_reply(200, std::string(1'000'000, ' '));
    bomb.content_type = "application/json"; // sent compressed, about 1 000 bytes
    auto plain = sim::status_reply(200, std::string(10'001, ' '));
    plain.content_type = "application/octet-stream";
    auto just = plain;
    just.body.pop_back();
    world.ssb.fail_next(1, bomb);
    const auto compressed = failure_of(world.fetcher, description(world));
    world.ssb.fail_next(1, plain);
    const auto over = failure_of(world.fetcher, description(world));
    world.ssb.fail_next(1, just);
    const auto under = world.fetcher.fetch(description(world), {});

    CHECK(compressed.ends_with("the response is larger than 10000 bytes ([fetch] max_bytes)"));
    CHECK(over.ends_with("the response is larger than 10000 bytes ([fetch] max_bytes)"));
    CHECK(under->body.size() == 10'000);
}

TEST_CASE("a stop ends a fetch before it begins", "[fetch]")
{
    SimWorld world;
    std::stop_source stop;
    stop.request_stop();
    const auto message = failure_of(world.fetcher, description(world), stop.get_token());
    CHECK(message.ends_with(": stopped"));
    CHECK(world.ssb.log().empty());
}

TEST_CASE("a stop ends a fetch while it waits to try again", "[fetch]")
{
    /// Asks for a stop in the middle of the first wait.
    struct StoppingClock final : Clock {
        std::stop_source source;
        Time now() const override { return *parse_time("2025-03-03T08:20:00Z"); }
        bool wait(std::chrono::milliseconds, std::stop_token stop) override
        {
            source.request_stop();
            return !stop.stop_requested();
        }
    };
    SimWorld world;
    StoppingClock clock;
    CurlFetcher fetcher(loopback_settings(), clock, 1);
    world.ssb.fail_next(1, sim::status_reply(503, ""));
    const auto message = failure_of(fetcher, description(world), clock.source.get_token());
    CHECK(message.ends_with(": stopped"));
    CHECK(world.ssb.log().size() == 1);
}

TEST_CASE("the pace keeps a fetcher below the server's limit", "[fetch]")
{
    auto settings = loopback_settings();
    settings.pace_private = true;
    SimWorld world(settings);
    world.ssb.rate_limit(30, 60s);
    for (int i = 0; i < 100; ++i)
        REQUIRE(world.fetcher.fetch(description(world), {})->status == 200);
    CHECK(world.ssb.log().size() == 100); // none was refused and tried again
    CHECK(world.clock.waited() >= 180s);
}

TEST_CASE("without a pace the server's own count of calls is heeded", "[fetch]")
{
    SimWorld world; // a host inside the house is not paced unless `calls` is given
    world.ssb.rate_limit(30, 60s);
    for (int i = 0; i < 31; ++i)
        REQUIRE(world.fetcher.fetch(description(world), {})->status == 200);
    CHECK(world.ssb.log().size() == 31); // none was refused: the 30th answer says that none is left
    CHECK(world.clock.waited() == 60s);
}

TEST_CASE("fetch settings are read with their defaults, and wrong ones refused", "[fetch]")
{
    auto empty = Section::parse("", "skurd.toml");
    auto some = Section::parse("contact = \"a@b.no\"\nallow_http = [\"LOCALHOST\"]\ntimeout = 5\ncalls = 3\n", "c");
    const auto defaults = FetchSettings::read(empty);
    const auto settings = FetchSettings::read(some);
    CHECK(defaults.bytes_max == 268'435'456);
    CHECK(defaults.tries == 4);
    CHECK(defaults.pace.calls == 25);
    CHECK(defaults.pace.window == 60s);
    CHECK(defaults.allow_http.empty());
    CHECK(settings.contact == "a@b.no");
    CHECK(settings.allow_http == std::vector<std::string>{"localhost"});
    CHECK(settings.timeout == 5s);
    CHECK(settings.pace.calls == 3);
    CHECK(settings.pace_private);
    CHECK_FALSE(defaults.pace_private);

    auto tables = Section::parse("calls = 10\n[hosts.\"Data.ssb.no\"]\nwindow = 90\n"
                                 "[keys.\"api.example\"]\nheader = \"X-Key\"\nfile = \"/etc/skurd/key\"\n",
                                 "c");
    const auto by_host = FetchSettings::read(tables);
    tables.reject_unknown_keys();
    CHECK(by_host.hosts.at("data.ssb.no").calls == 10);
    CHECK(by_host.hosts.at("data.ssb.no").window == 90s);
    CHECK(by_host.keys.at("api.example").header == "X-Key");
    CHECK(by_host.keys.at("api.example").file == "/etc/skurd/key");
    auto relative = Section::parse("[keys.x]\nheader = \"X\"\nfile = \"key\"\n", "c");
    CHECK_THROWS_WITH(FetchSettings::read(relative), "c:3: 'key' is not an absolute path");
    auto header = Section::parse("[keys.x]\nheader = \"X: 1\"\nfile = \"/key\"\n", "c");
    CHECK_THROWS_WITH(FetchSettings::read(header), "c:2: 'X: 1' is not the name of an HTTP header");
    auto host = Section::parse("[hosts.\"https://x\"]\ncalls = 1\n", "c");
    CHECK_THROWS_WITH(FetchSettings::read(host), Catch::Contains("'https://x' is not a host name"));

    auto url = Section::parse("\nallow_http = [\"http://127.0.0.1\"]\n", "skurd.toml");
    CHECK_THROWS_WITH(FetchSettings::read(url), "skurd.toml:2: 'http://127.0.0.1' is not a host name or address "
                                                "(write \"127.0.0.1\", no URL)");
    auto contact = Section::parse("contact = \"a\\r\\nX: 1\"\n", "skurd.toml");
    CHECK_THROWS_WITH(FetchSettings::read(contact), Catch::Contains("plain ASCII"));
}
