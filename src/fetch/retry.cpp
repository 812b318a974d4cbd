#include "fetch/retry.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/curl/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace skurd {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds asked_max{999'999'999};
constexpr milliseconds backoff_max = std::chrono::minutes(1);

/// Of digits; as much as goes into it where there are too many.
long long number_of(std::string_view digits)
{
    long long number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return read.ec == std::errc() ? number : std::numeric_limits<long long>::max();
}

} // namespace

bool is_transient(int status)
{
    constexpr std::array<int, 5> transient = {429, 500, 502, 503, 504};
    return std::find(transient.begin(), transient.end(), status) != transient.end();
}

std::optional<seconds> retry_after(std::string_view header, Time now)
{
    header = trim(header);
    if (all_digits(header))
        return std::clamp(seconds(number_of(header)), seconds(1), asked_max);
    const auto date = parse_http_date(header);
    return date ? std::optional(std::clamp(*date - now, seconds(1), asked_max)) : std::nullopt;
}

std::optional<seconds> quota_reset(std::string_view header, Time now)
{
    constexpr long long since_1970 = 1'000'000'000; // a number this large is an instant
    constexpr long long milliseconds_since_1970 = since_1970 * 1000;
    header = trim(header);
    auto until = parse_time(header);
    if (!until)
        until = parse_http_date(header);
    if (all_digits(header)) {
        const auto number = number_of(header);
        until = number < since_1970                ? now + seconds(number)
                : number < milliseconds_since_1970 ? Time(seconds(number))
                                                   : Time(seconds(number / 1000));
    }
    if (!until || *until < now)
        return std::nullopt;
    return std::clamp(*until - now, seconds(1), asked_max);
}

milliseconds backoff(int tries_so_far, std::mt19937_64& random)
{
    const auto most = std::min(milliseconds(1000LL << std::clamp(tries_so_far, 1, 6)), backoff_max);
    // Not std::uniform_int_distribution: its results differ between standard libraries, and tests count on them.
    return milliseconds(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most.count() + 1)));
}

} // namespace skurd
