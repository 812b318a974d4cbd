#include "fetch/retry.hpp"

#include "base/text.hpp"
#include "lib/curl/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace skurd {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds asked_max{999'999'999};
constexpr milliseconds backoff_max = std::chrono::minutes(1);

} // namespace

bool is_transient(int status)
{
    constexpr std::array<int, 5> transient = {429, 500, 502, 503, 504};
    return std::find(transient.begin(), transient.end(), status) != transient.end();
}

std::optional<seconds> retry_after(std::string_view header, Time now)
{
    header = trim(header);
    if (all_digits(header)) {
        long long number = 0;
        const auto read = std::from_chars(header.data(), header.data() + header.size(), number);
        const auto asked = read.ec == std::errc() ? std::min(seconds(number), asked_max) : asked_max;
        return std::max(asked, seconds(1));
    }
    const auto date = parse_http_date(header);
    return date ? std::optional(std::clamp(*date - now, seconds(1), asked_max)) : std::nullopt;
}

milliseconds backoff(int tries_so_far, std::mt19937_64& random)
{
    const auto most = std::min(milliseconds(1000LL << std::clamp(tries_so_far, 1, 6)), backoff_max);
    // Not std::uniform_int_distribution: its results differ between standard libraries, and tests count on them.
    return milliseconds(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(most.count() + 1)));
}

} // namespace skurd
