#pragma once

#include "base/clock.hpp"

#include <optional>
#include <random>
#include <string_view>

namespace skurd {

/// The longest the host waits because a server asks for it; beyond, the run ends and says when to come back.
constexpr auto retry_after_max = std::chrono::minutes(15);

/// Whether an HTTP status may be another one soon: 429, 500, 502, 503, 504.
bool is_transient(int status);

/// What a Retry-After header asks for: whole seconds or an HTTP-date (RFC 9110, 10.2.3), never less than a second.
/// Nothing where it is missing or makes no sense; a number of more than nine digits counts as 999 999 999.
std::optional<std::chrono::seconds> retry_after(std::string_view header, Time now);

/// When a quota is renewed, as `x-ratelimit-reset` says it: seconds from now, seconds or milliseconds since 1970, or
/// an instant. Never less than a second; nothing where it is missing, makes no sense or is over.
std::optional<std::chrono::seconds> quota_reset(std::string_view header, Time now);

/// How long to wait after the n-th failed try (n from 1): a random time up to 2, 4, 8, … seconds, at most a minute
/// ("full jitter", so that clients which failed together do not return together).
std::chrono::milliseconds backoff(int tries_so_far, std::mt19937_64& random);

} // namespace skurd
