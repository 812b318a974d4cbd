#include "notify/delivery.hpp"

#include "base/text.hpp"
#include "lib/tz/time_zone.hpp"

#include <algorithm>

namespace skurd {

using std::chrono::minutes;

namespace {

constexpr minutes first_gap{1};
constexpr minutes longest_gap = std::chrono::hours(6);
constexpr int settles_at_most = 4;
constexpr std::size_t answer_max = 300; ///< code points of what the other side said

} // namespace

bool is_quiet(const std::optional<QuietTime>& quiet, const std::string& timezone, Time now)
{
    if (!quiet)
        return false;
    const auto local = TimeZone::find(timezone).to_local(now);
    const auto since_midnight = local - std::chrono::floor<std::chrono::days>(local);
    const bool is_after = since_midnight >= quiet->from;
    const bool is_before = since_midnight < quiet->until;
    return quiet->from < quiet->until ? is_after && is_before : is_after || is_before;
}

bool has_settled(const NewsSpan& span, minutes settle, Time now)
{
    return now < span.last_at || now - span.last_at >= settle || now - span.first_at >= settles_at_most * settle;
}

minutes gap_after(int tries)
{
    auto gap = first_gap;
    for (int i = 1; i < tries && gap < longest_gap; ++i)
        gap *= 2;
    return std::min(gap, longest_gap);
}

bool is_due(const OutboxMessage& message, Time now)
{
    return !message.next_try_at || *message.next_try_at <= now || *message.next_try_at - now > longest_gap;
}

OutboxMessage after_try(OutboxMessage message, const DeliveryAnswer& answer, std::chrono::hours give_up, Time now)
{
    using Kind = DeliveryAnswer::Kind;
    if (answer.kind == Kind::stopped)
        return message;
    ++message.tries;
    message.tried_at = now;
    message.answer = excerpt(answer.text, answer_max);
    message.next_try_at.reset();
    const bool is_spent = message.tries >= tries_max || now - message.made_at >= give_up;
    if (answer.kind == Kind::accepted)
        message.state = OutboxState::sent;
    else if (answer.kind == Kind::refused || is_spent)
        message.state = OutboxState::undeliverable;
    if (message.state != OutboxState::waiting)
        message.ended_at = now;
    else
        message.next_try_at = now + std::clamp<std::chrono::seconds>(answer.wait.value_or(std::chrono::seconds(0)),
                                                                     gap_after(message.tries), longest_gap);
    return message;
}

} // namespace skurd
