#include "notify/heartbeat.hpp"

#include "base/time_text.hpp"
#include "tests/fetch/raw_server.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

#include <atomic>
#include <thread>

using namespace skurd;
using namespace std::chrono_literals;

namespace {

SenderSettings loopback()
{
    SenderSettings settings;
    settings.fetch.allow_http = {"127.0.0.1"};
    settings.fetch.allow_private = {"127.0.0.1"};
    return settings;
}

void wait_until_due(const Heartbeat& heart, const HeartbeatSettings& settings, Time time)
{
    while (!heart.is_due(settings, time))
        std::this_thread::yield();
}

} // namespace

TEST_CASE("a heart beats every so often by whichever clock, and one beat at a time", "[notify]")
{
    std::atomic<int> beats = 0;
    std::atomic<int> status = 200;
    const sim::HttpServer server(0, [&](const sim::HttpRequest& request) {
        beats += request.method == "POST" ? 1 : 0;
        sim::HttpReply reply;
        reply.status = status;
        return reply;
    });
    HeartbeatSettings settings{fmt::format("http://127.0.0.1:{}/ping", server.port()), {}, 5min, "POST"};
    Heartbeat heart;
    auto now = parse_time("2026-03-02T08:00:00Z").value();
    CHECK_FALSE(heart.is_due({}, now));
    REQUIRE(heart.is_due(settings, now));
    heart.beat(settings, loopback(), now);
    wait_until_due(heart, settings, now + 5min);
    CHECK_FALSE(heart.is_due(settings, now + 4min));
    CHECK(heart.is_due(settings, now - 24h)); // the clock was put back
    status = 500;                             // which is said once and disturbs nothing
    for (int i = 0; i < 3; ++i) {
        now += 5min;
        heart.beat(settings, loopback(), now);
        wait_until_due(heart, settings, now + 5min);
    }
    CHECK(beats == 4);
}

TEST_CASE("a beat that nobody answers is ended by a stop, and none begins beside it", "[notify]")
{
    std::atomic<bool> asked = false;
    const test::RawServer silent([&](test::RawConnection& connection) {
        asked = true;
        connection.still_there_after(10'000);
    });
    const HeartbeatSettings settings{silent.url(), {}, 1min};
    Heartbeat heart;
    const auto now = parse_time("2026-03-02T08:00:00Z").value();
    heart.beat(settings, loopback(), now);
    while (!asked)
        std::this_thread::yield();
    CHECK_FALSE(heart.is_due(settings, now + 10min));
    heart.stop();
    CHECK(heart.is_due(settings, now + 10min));
}
