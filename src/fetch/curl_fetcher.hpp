#pragma once

#include "fetch/fetch_counters.hpp"
#include "fetch/fetch_settings.hpp"
#include "fetch/fetcher.hpp"
#include "fetch/pace.hpp"
#include "fetch/resolver.hpp"
#include "fetch/shared_pace.hpp"
#include "fetch/shared_responses.hpp"
#include "lib/curl/curl_easy.hpp"
#include "lib/curl/url.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace skurd {

/// Gets http requests through libcurl: checks the URL and every redirect, keeps the pace, retries what may pass,
/// holds limits. It waits through the clock only. For one run at a time: a run beside it gets a fetcher of its own by
/// beside(), and together they keep one pace and one exchange at a time with each server.
///
/// - Called are the hosts that begin_run() or the settings name; with https, and http for the hosts the settings
/// name.
///   A redirect leads to the same host, or to one that begin_run() or allow_hosts names, and never from https to
///   http.
/// - A name is resolved once in a run, and all its addresses must be public unless the settings allow otherwise;
///   nothing but these is then connected to.
/// - 429 waits as Retry-After says, else 60 s; 500, 502, 503, 504, HTML where something else was asked for, and
///   failing connections back off with jitter. When the tries are spent, a response goes to the caller as it is; HTML
///   and a failing connection are an Error. Every other status goes to the caller at once.
/// - A Retry-After beyond retry_after_max is an Error that says when to come back; until then every further request
///   to that path of the host fails at once, and after 429 its other paths wait a minute. A spent quota
///   (`x-ratelimit-remaining: 0`) holds off the host until it is renewed.
/// - A request that may be shared is answered from memory when it can be (SharedResponses).
class CurlFetcher final : public Fetcher {
public:
    /// The clock must outlive the fetcher. `seed` is for the jitter. The counters are shared with whoever asks them
    /// and with the fetchers that come after this one, of which none knows who goes last.
    CurlFetcher(FetchSettings settings, Clock& clock, std::uint64_t seed, Resolver resolver = &resolve_host,
                std::shared_ptr<FetchCounters> counters = std::make_shared<FetchCounters>());

    /// For a run that goes on meanwhile: with the same settings, pace, shared answers and connections.
    CurlFetcher beside() const { return CurlFetcher(common_); }

    void begin_run(const std::vector<std::string>& hosts) override;
    void lift_holds() override;
    void forget_answers() override;
    void forget_answer(const Request& request) override;
    std::optional<Response> fetch(const Request& request, std::stop_token stop) override;

    /// Before the first call: they are counted together with those of other programs, too.
    void share_pace(std::shared_ptr<SharedPace> shared);

    /// The calls made, for the host to store across restarts: Pace::state() and Pace::restore().
    Pace& pace();

private:
    struct Attempt;
    struct Server;
    struct Common;
    using Result = std::variant<CurlResponse, CurlFailure>;

    explicit CurlFetcher(std::shared_ptr<Common> common);
    Response follow(const Attempt& attempt, Url url);
    void check(const Attempt& attempt, const Url& url) const;
    Url redirected(const Attempt& attempt, const Url& from, const CurlResponse& response) const;
    CurlResponse get(const Attempt& attempt, const Url& url);
    Result get_once(const Attempt& attempt, const Url& url);
    void check_delay(const Attempt& attempt, const Url& url, std::chrono::seconds delay) const;
    std::chrono::seconds delay(const Url& url) const;
    std::chrono::seconds shared_delay(const Url& url, std::optional<Time>& reserved) const;
    void hold(const std::string& host, const std::string& path, Time until, Time now);
    std::chrono::milliseconds pause(int tries);
    void wait(const Attempt& attempt, std::chrono::milliseconds duration);
    void honour_retry_after(const Attempt& attempt, const Url& url, const CurlResponse& response, int tries);
    void honour_rate_limit(const Url& url, const CurlResponse& response);
    const std::vector<std::string>& addresses(const Attempt& attempt, const Url& url);
    bool is_paced(const std::string& host) const;
    CurlExchange prepare(const Attempt& attempt, const Url& url) const;
    void count(const std::string& host, const Result& result) const;
    void throw_if_final(const Attempt& attempt, const Url& url, const CurlFailure& failure) const;
    Result exchange(const Attempt& attempt, const Url& url, CurlEasy& connection);

    const FetchSettings& settings() const;
    Clock& clock() const;

    std::shared_ptr<Common> common_; ///< of all that were made beside it
    std::vector<std::string> run_hosts_;
    std::map<std::string, std::vector<std::string>> addresses_; ///< of this run, by host
};

} // namespace skurd
