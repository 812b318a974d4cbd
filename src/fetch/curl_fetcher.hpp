#pragma once

#include "fetch/fetch_settings.hpp"
#include "fetch/fetcher.hpp"
#include "fetch/pace.hpp"
#include "lib/curl/curl_easy.hpp"
#include "lib/curl/url.hpp"

#include <cstdint>
#include <map>
#include <random>
#include <string>

namespace skurd {

/// Gets http requests through libcurl: checks the URL and every redirect, keeps the pace, retries what may pass,
/// holds limits. One exchange at a time, so never two to a host. It waits through the clock only.
///
/// - Allowed: https to public addresses; http, and private addresses, for the hosts the settings name.
/// - 429 waits as Retry-After says, else 60 s; 500, 502, 503, 504, HTML where JSON was asked for, and failing
///   connections back off with jitter. When the tries are spent, a response goes to the caller as it is, and a
///   failing connection is an Error. Every other status goes to the caller at once.
/// - A Retry-After beyond retry_after_max is an Error that says when to come back; until then every further request
///   to that host fails at once.
class CurlFetcher final : public Fetcher {
public:
    /// The clock must outlive the fetcher. `seed` is for the jitter.
    CurlFetcher(FetchSettings settings, Clock& clock, std::uint64_t seed);

    std::optional<Response> fetch(const Request& request, std::stop_token stop) override;

    /// The calls made, for the host to keep across restarts: Pace::text() and Pace::restore().
    Pace& pace() { return pace_; }

private:
    struct Attempt;

    void check(const Attempt& attempt, const Url& url) const;
    CurlAnswer get(const Attempt& attempt, const Url& url);
    void wait_for_turn(const Attempt& attempt, const Url& url);
    void wait(const Attempt& attempt, std::chrono::milliseconds duration);
    void wait_as_told(const Attempt& attempt, const Url& url, const CurlAnswer& answer, int tries);
    CurlExchange prepare(const Attempt& attempt, const Url& url) const;
    void throw_if_final(const Attempt& attempt, const Url& url, const CurlFailure& failure) const;
    std::variant<CurlAnswer, CurlFailure> exchange(const Attempt& attempt, const Url& url);

    FetchSettings settings_;
    Clock& clock_;
    std::mt19937_64 random_;
    Pace pace_;
    std::map<std::string, CurlEasy> connections_; ///< by Url::authority()
};

} // namespace skurd
