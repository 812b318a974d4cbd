#pragma once

#include "base/clock.hpp"
#include "model/news.hpp"
#include "model/outbox.hpp"
#include "notify/notify_settings.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace skurd {

/// What the other side said to a message.
struct DeliveryAnswer {
    enum class Kind {
        accepted,
        refused, ///< for good: it would say the same again
        failed,  ///< it may take it another time
        stopped, ///< we were told to end: as if it had not been tried
    };
    Kind kind = Kind::failed;
    std::string text;                           ///< one line
    std::optional<std::chrono::seconds> wait{}; ///< that it asked for
};

// When messages are made and sent. Pure: the same for any clock, whichever way it jumps.

/// Whether a channel sends nothing at that instant: by the clock on the wall, so that a night of daylight saving is
/// an hour shorter or longer.
bool is_quiet(const std::optional<QuietTime>& quiet, const std::string& timezone, Time now);

/// Whether what was committed is told now: nothing more came for `settle`, or things have come for four times as
/// long.
bool has_settled(const NewsSpan& span, std::chrono::minutes settle, Time now);

/// How long to wait after the n-th failed try (n from 1): 1, 2, 4 ... minutes, at most 6 hours.
std::chrono::minutes gap_after(int tries);

/// Whether a message that waits is tried now. A next try that is further away than any gap was written by a clock
/// that was ahead: it is tried.
bool is_due(const OutboxMessage& message, Time now);

/// The message after a try that ended so: sent, undeliverable, or waiting for the next one.
OutboxMessage after_try(OutboxMessage message, const DeliveryAnswer& answer, std::chrono::hours give_up, Time now);

/// That wait at a channel before nothing more is made for it: what comes is told when it takes messages again.
inline constexpr std::size_t waiting_max = 3;
inline constexpr int tries_max = 200; ///< of one message: more than the longest give_up_hours lets happen

} // namespace skurd
