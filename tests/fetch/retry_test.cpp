#include "fetch/retry.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace std::chrono_literals;

namespace {

const Time now = *parse_time("2025-03-03T08:20:00Z");

} // namespace

TEST_CASE("pauses are random between nothing and a bound that doubles up to a minute", "[fetch]")
{
    std::mt19937_64 random(7);
    const std::chrono::milliseconds bounds[] = {2s, 4s, 8s, 16s, 32s, 60s, 60s};
    for (int tries = 1; tries <= 7; ++tries) {
        const auto bound = bounds[tries - 1];
        std::chrono::milliseconds least = 1h;
        std::chrono::milliseconds most{0};
        for (int i = 0; i < 1000; ++i) {
            const auto pause = backoff(tries, random);
            least = std::min(least, pause);
            most = std::max(most, pause);
        }
        INFO(tries);
        CHECK(least >= 0ms);
        CHECK(least < bound / 50);
        CHECK(most <= bound);
        CHECK(most > bound - bound / 50);
    }
    CHECK(backoff(1'000'000, random) <= 60s);
}

TEST_CASE("which responses may be others soon", "[fetch]")
{
    for (const int status : {429, 500, 502, 503, 504})
        CHECK(is_transient(status));
    for (const int status :
         {200, 204, 301, 304, 400, 401, 403, 404, 405, 406, 410, 413, 414, 415, 422, 451, 501, 505})
        CHECK_FALSE(is_transient(status));
}

TEST_CASE("Retry-After is seconds or a date, never less than a second, and nothing where it makes no sense",
          "[fetch]")
{
    CHECK(retry_after("7", now) == 7s);
    CHECK(retry_after(" 7 ", now) == 7s);
    CHECK(retry_after("0", now) == 1s);
    CHECK(retry_after("99999999999999999999", now) == 999'999'999s);
    CHECK(retry_after("Mon, 03 Mar 2025 08:22:00 GMT", now) == 120s);
    CHECK(retry_after("Monday, 03-Mar-25 08:22:00 GMT", now) == 120s);
    CHECK(retry_after("Mon Mar  3 08:22:00 2025", now) == 120s);
    CHECK(retry_after("Mon, 03 Mar 2020 08:22:00 GMT", now) == 1s);
    for (const auto* nonsense : {"", "-5", "7.5", "7s", "soon", "0x10", "+7", "\xff"})
        CHECK_FALSE(retry_after(nonsense, now));
}
