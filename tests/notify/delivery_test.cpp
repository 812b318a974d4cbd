// When messages are written and sent, for clocks that run as they like.
#include "notify/delivery.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace std::chrono_literals;

namespace {

Time at(std::string_view text)
{
    return parse_time(text).value();
}

constexpr QuietTime night{22h, 7h};

/// How many minutes of a span are quiet, in Oslo.
int quiet_minutes(std::string_view from, std::string_view until, const QuietTime& quiet = night)
{
    int count = 0;
    for (auto time = at(from); time < at(until); time += 1min)
        count += is_quiet(quiet, "Europe/Oslo", time) ? 1 : 0;
    return count;
}

OutboxMessage waiting(std::string_view made)
{
    OutboxMessage message;
    message.id = 1;
    message.made_at = at(made);
    return message;
}

DeliveryAnswer failed(std::string text = "HTTP 503")
{
    return {DeliveryAnswer::Kind::failed, std::move(text)};
}

} // namespace

TEST_CASE("a quiet time is that of the clock on the wall, over midnight and daylight saving", "[notify]")
{
    CHECK_FALSE(is_quiet(std::nullopt, "Europe/Oslo", at("2026-03-02T02:00:00Z")));
    CHECK_FALSE(is_quiet(night, "Europe/Oslo", at("2026-03-02T20:59:59Z")));
    CHECK(is_quiet(night, "Europe/Oslo", at("2026-03-02T21:00:00Z")));
    CHECK(is_quiet(night, "Europe/Oslo", at("2026-03-03T05:59:59Z")));
    CHECK_FALSE(is_quiet(night, "Europe/Oslo", at("2026-03-03T06:00:00Z")));
    CHECK(is_quiet(QuietTime{12h, 13h}, "UTC", at("2026-03-03T12:30:00Z")));
    CHECK_FALSE(is_quiet(QuietTime{12h, 13h}, "UTC", at("2026-03-03T13:00:00Z")));

    CHECK(quiet_minutes("2026-03-02T12:00:00Z", "2026-03-03T12:00:00Z") == 9 * 60);
    CHECK(quiet_minutes("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z") == 8 * 60);  // the clock is put forward
    CHECK(quiet_minutes("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z") == 10 * 60); // and back
    CHECK(quiet_minutes("2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z", {2h, 2h + 30min}) == 60); // that comes twice
    CHECK(quiet_minutes("2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z", {2h, 2h + 30min}) == 0);  // that never comes
}

TEST_CASE("what came is told once nothing more came for a while, or things go on coming", "[notify]")
{
    const NewsSpan one{1, at("2026-03-02T08:00:00Z"), at("2026-03-02T08:00:00Z")};
    CHECK_FALSE(has_settled(one, 15min, at("2026-03-02T08:14:59Z")));
    CHECK(has_settled(one, 15min, at("2026-03-02T08:15:00Z")));
    const NewsSpan many{9, at("2026-03-02T08:00:00Z"), at("2026-03-02T08:55:00Z")};
    CHECK_FALSE(has_settled(many, 15min, at("2026-03-02T08:59:59Z")));
    CHECK(has_settled(many, 15min, at("2026-03-02T09:00:00Z")));
    CHECK(has_settled(many, 15min, at("2025-03-02T09:00:00Z"))); // by a clock that was a year ahead
    CHECK(has_settled(one, 0min, at("2026-03-02T08:00:00Z")));
}

TEST_CASE("tries have growing gaps, the server's wish is heeded, and a clock that was ahead delays none", "[notify]")
{
    CHECK(gap_after(1) == 1min);
    CHECK(gap_after(4) == 8min);
    CHECK(gap_after(9) == 256min);
    CHECK(gap_after(10) == 6h);
    CHECK(gap_after(1000) == 6h);

    auto message = waiting("2026-03-02T08:00:00Z");
    CHECK(is_due(message, at("2026-03-02T08:00:00Z")));
    message = after_try(message, failed(), 72h, at("2026-03-02T08:00:00Z"));
    CHECK(message.state == OutboxState::waiting);
    CHECK(message.tries == 1);
    CHECK(message.answer == "HTTP 503");
    CHECK(message.next_try_at == at("2026-03-02T08:01:00Z"));
    CHECK_FALSE(is_due(message, at("2026-03-02T08:00:59Z")));
    CHECK(is_due(message, at("2026-03-02T08:01:00Z")));
    CHECK(is_due(message, at("2025-03-02T08:00:00Z")));

    auto asked = failed("HTTP 429");
    asked.wait = 1h;
    CHECK(after_try(message, asked, 72h, at("2026-03-02T08:01:00Z")).next_try_at == at("2026-03-02T09:01:00Z"));
    asked.wait = 240h;
    CHECK(after_try(message, asked, 72h, at("2026-03-02T08:01:00Z")).next_try_at == at("2026-03-02T14:01:00Z"));
}

TEST_CASE("a message ends as it was answered, or when it is too old or was tried too often", "[notify]")
{
    using Kind = DeliveryAnswer::Kind;
    const auto now = at("2026-03-02T09:00:00Z");
    const auto message = waiting("2026-03-02T08:00:00Z");
    const auto sent = after_try(message, {Kind::accepted, "HTTP 200"}, 72h, now);
    CHECK(sent.state == OutboxState::sent);
    CHECK(sent.ended_at == now);
    CHECK_FALSE(sent.next_try_at);
    CHECK(after_try(message, {Kind::refused, "HTTP 404"}, 72h, now).state == OutboxState::undeliverable);
    CHECK(after_try(message, failed(), 1h, now).state == OutboxState::undeliverable);
    CHECK(after_try(message, failed(), 2h, now).state == OutboxState::waiting);
    const auto untouched = after_try(message, {Kind::stopped, "stopped"}, 1h, now);
    CHECK(untouched.tries == 0);
    CHECK(untouched.state == OutboxState::waiting);

    auto often = message;
    often.tries = tries_max - 1;
    CHECK(after_try(often, failed(), 72h, now).state == OutboxState::undeliverable);
    CHECK(after_try(message, failed(std::string(5000, 'x') + "\n\x1b[31m"), 72h, now).answer.size() < 400);
}
