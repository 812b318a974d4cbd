#include "fetch/curl_fetcher.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "base/turns.hpp"
#include "base/web_page.hpp"
#include "fetch/caller.hpp"
#include "fetch/retry.hpp"
#include "fetch/secret_file.hpp"
#include "lib/curl/address.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <mutex>
#include <random>

namespace skurd {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr int redirects_max = 5;
constexpr seconds wait_without_retry_after{60};
constexpr std::size_t shown_url_max = 200;

bool contains(const std::vector<std::string>& hosts, const std::string& host)
{
    return std::find(hosts.begin(), hosts.end(), host) != hosts.end();
}

bool is_redirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

std::string media_type(const CurlResponse& response)
{
    const auto header = response.header("content-type");
    return to_lower(trim(std::string_view(header).substr(0, header.find(';'))));
}

/// What goes on to fail is told in the end: the tries between are details.
spdlog::level::level_enum level_of_try(int number)
{
    return number == 1 ? spdlog::level::info : spdlog::level::debug;
}

/// "/path", without what is asked of it.
std::string path_of(const Url& url)
{
    const auto begin = url.text.find('/', url.text.find("://") + 3);
    return begin == std::string::npos ? "/" : url.text.substr(begin, url.text.find('?') - begin);
}

/// "GET https://host/path (metadata of table 07459)": how messages begin.
std::string describe(const Request& request)
{
    auto text = fmt::format("{} {}", request.method, request.url.substr(0, shown_url_max));
    if (request.url.size() > shown_url_max)
        text += "…";
    return request.purpose.empty() ? text : fmt::format("{} ({})", text, request.purpose);
}

} // namespace

/// A request on its way, with what all steps of it need.
struct CurlFetcher::Attempt {
    const Request& request;
    std::stop_token stop;
    std::string name = describe(request);

    /// A maintenance page, most likely.
    bool is_stray_html(const CurlResponse& response) const
    {
        const bool unwanted = !request.accept.empty() && request.accept.find("html") == std::string::npos &&
                              request.accept.find("*/*") == std::string::npos;
        return response.status == 200 && unwanted && is_web_page(response.body, media_type(response));
    }
};

/// A server, and the one connection to it.
struct CurlFetcher::Server {
    Turns turns; ///< at it
    CurlEasy connection;
};

/// What fetchers have together. From any thread.
struct CurlFetcher::Common {
    Common(FetchSettings its_settings, Clock& its_clock, std::uint64_t seed, Resolver its_resolver,
           std::shared_ptr<FetchCounters> its_counters)
        : settings(std::move(its_settings)), clock(its_clock), resolver(std::move(its_resolver)),
          counters(std::move(its_counters)), pace(settings.pace.calls, settings.pace.window), random(seed)
    {
        for (const auto& [host, limit] : settings.hosts)
            pace.limit(host, limit);
    }

    Server& server(const std::string& authority)
    {
        const std::scoped_lock lock(mutex);
        return servers[authority];
    }

    const FetchSettings settings;
    Clock& clock;
    const Resolver resolver;
    const std::shared_ptr<FetchCounters> counters;
    Pace pace;
    std::shared_ptr<SharedPace> shared_pace; ///< nothing = none but ours are to be counted
    SharedResponses shared;

    std::mutex mutex; ///< of what follows
    std::mt19937_64 random;
    std::map<std::string, Server> servers; ///< by Url::authority(); none goes
};

CurlFetcher::CurlFetcher(FetchSettings settings, Clock& clock, std::uint64_t seed, Resolver resolver,
                         std::shared_ptr<FetchCounters> counters)
    : CurlFetcher(
          std::make_shared<Common>(std::move(settings), clock, seed, std::move(resolver), std::move(counters)))
{
}

CurlFetcher::CurlFetcher(std::shared_ptr<Common> common) : common_(std::move(common)) {}

const FetchSettings& CurlFetcher::settings() const
{
    return common_->settings;
}

Clock& CurlFetcher::clock() const
{
    return common_->clock;
}

void CurlFetcher::share_pace(std::shared_ptr<SharedPace> shared)
{
    common_->shared_pace = std::move(shared);
}

Pace& CurlFetcher::pace()
{
    return common_->pace;
}

void CurlFetcher::forget_answers()
{
    common_->shared.forget();
}

void CurlFetcher::forget_answer(const Request& request)
{
    common_->shared.forget(request);
}

void CurlFetcher::begin_run(const std::vector<std::string>& hosts)
{
    run_hosts_ = hosts;
    addresses_.clear();
}

void CurlFetcher::lift_holds()
{
    for (const auto& host : run_hosts_) {
        common_->pace.lift_holds(host);
        if (common_->shared_pace)
            common_->shared_pace->lift_holds(host);
    }
}

std::optional<Response> CurlFetcher::fetch(const Request& request, std::stop_token stop)
{
    const Attempt attempt{request, std::move(stop)};
    auto url = parse_url(request.url);
    if (request.kind != Request::Kind::http || !url)
        throw error("{}: not an absolute URL", attempt.name);
    check(attempt, *url);
    if (auto shared = common_->shared.find(request, clock().now())) {
        spdlog::debug("{}: as answered at {}", attempt.name, format_time(shared->received_at));
        return shared;
    }
    auto response = follow(attempt, std::move(*url));
    common_->shared.store(request, response);
    return response;
}

Response CurlFetcher::follow(const Attempt& attempt, Url url)
{
    std::vector<std::string> visited;
    bool wants_cookie = false;
    for (int redirects = 0; redirects <= redirects_max; ++redirects) {
        auto response = get(attempt, url);
        if (!is_redirect(response.status))
            return {response.status,
                    url.text,
                    media_type(response),
                    std::move(response.body),
                    clock().now(),
                    {},
                    parse_http_date(response.header("date")),
                    !response.header("age").empty()};
        visited.push_back(url.text);
        wants_cookie = wants_cookie || !response.header("set-cookie").empty();
        url = redirected(attempt, url, response);
        if (contains(visited, url.text))
            throw error("{}: redirected in a circle by {}{}", attempt.name, url.host,
                        wants_cookie
                            ? ", which wants its cookie back before it answers, as a wall against robots does; "
                              "skurd sends none: ask the source's owner to let programs through"
                            : "");
    }
    throw error("{}: redirected more than {} times", attempt.name, redirects_max);
}

void CurlFetcher::check(const Attempt& attempt, const Url& url) const
{
    if (url.has_user)
        throw error("{}: a URL with a user name or password is not fetched", attempt.name);
    if (url.scheme != "https" && url.scheme != "http")
        throw error("{}: only https is fetched, not '{}'", attempt.name, url.scheme);
    if (url.scheme == "http" && !contains(settings().allow_http, url.host))
        throw error("{}: http without TLS is not allowed; use https, or name '{}' in [fetch] allow_http",
                    attempt.name, url.host);
    const auto& s = settings();
    if (!contains(run_hosts_, url.host) && !contains(s.allow_hosts, url.host) && !contains(s.allow_http, url.host) &&
        !contains(s.allow_private, url.host))
        throw error("{}: the job does not name the host '{}'; if it is meant, name it in [fetch] allow_hosts",
                    attempt.name, url.host);
}

/// Where a response sends us, when we may go there.
Url CurlFetcher::redirected(const Attempt& attempt, const Url& from, const CurlResponse& response) const
{
    const auto location = response.header("location");
    auto to = resolve_url(from, location);
    const bool named = to && (contains(run_hosts_, to->host) || contains(settings().allow_hosts, to->host));
    if (!to || !may_lead(from, *to, named))
        throw error("{}: redirected to '{}', which is not on the same host, nor with https on one that the job or "
                    "[fetch] allow_hosts names; if the service has moved, change the address in the job",
                    attempt.name, excerpt(location, shown_url_max));
    if (attempt.request.method != "GET" && response.status < 307)
        throw error("{}: redirected with {}, which would lose the body", attempt.name, response.status);
    check(attempt, *to);
    return std::move(*to);
}

/// One URL, tried until it answers with something the caller should see.
CurlResponse CurlFetcher::get(const Attempt& attempt, const Url& url)
{
    for (int tries = 1;; ++tries) {
        if (tries > 1)
            common_->counters->tries_again(url.host);
        auto result = get_once(attempt, url);
        auto* response = std::get_if<CurlResponse>(&result);
        const bool last = tries == settings().tries;
        const bool stray_html = response && attempt.is_stray_html(*response);
        if (response && !is_transient(response->status) && !stray_html)
            return std::move(*response);
        if (stray_html && last)
            throw error("{}: HTML instead of {} (a maintenance page?); run the job again later", attempt.name,
                        attempt.request.accept);
        if (response) {
            if (!last)
                spdlog::log(level_of_try(tries), "{}: HTTP {}{}, try {} of {}", attempt.name, response->status,
                            stray_html ? " with a web page" : "", tries, settings().tries);
            honour_retry_after(attempt, url, *response, last ? 0 : tries);
            if (last)
                return std::move(*response);
            continue;
        }
        const auto& failure = std::get<CurlFailure>(result);
        if (last)
            throw error("{}: no response after {} {}: {}", attempt.name, tries, tries == 1 ? "try" : "tries",
                        failure.text);
        spdlog::log(level_of_try(tries), "{}: {}, try {} of {}", attempt.name, failure.text, tries, settings().tries);
        wait(attempt, pause(tries));
    }
}

/// One exchange, once it is our turn at the server and the pace lets us. The pace is waited for without the turn:
/// another path may go meanwhile.
CurlFetcher::Result CurlFetcher::get_once(const Attempt& attempt, const Url& url)
{
    auto& server = common_->server(url.authority());
    std::optional<Time> reserved;
    for (;;) {
        if (attempt.stop.stop_requested())
            throw Stopped(attempt.name + ": stopped");
        auto wait_for = delay(url);
        if (wait_for.count() == 0) {
            const Turn turn(server.turns, Turns::Asker::work, attempt.name, attempt.stop);
            wait_for = delay(url);
            if (wait_for.count() == 0)
                wait_for = shared_delay(url, reserved);
            if (wait_for.count() == 0)
                return exchange(attempt, url, server.connection);
        }
        if (!reserved)
            check_delay(attempt, url, wait_for);
        spdlog::log(wait_for > seconds(2) ? spdlog::level::info : spdlog::level::debug,
                    "{}: waits {} s for its turn at {}", attempt.name, wait_for.count(), url.host);
        wait(attempt, wait_for);
        common_->counters->waited(url.host, wait_for);
    }
}

seconds CurlFetcher::delay(const Url& url) const
{
    const auto now = clock().now();
    return std::max(common_->pace.delay(url.host, now), common_->pace.path_delay(url.host, path_of(url), now));
}

/// How long until the call that is counted together with those of other programs. One that is reserved waits for its
/// time, however many are before it.
seconds CurlFetcher::shared_delay(const Url& url, std::optional<Time>& reserved) const
{
    if (!common_->shared_pace || !is_paced(url.host))
        return seconds(0);
    const auto call =
        common_->shared_pace->reserve(url.host, path_of(url), common_->pace.limit_of(url.host), reserved);
    reserved = call.is_reserved ? std::optional(call.at) : std::nullopt;
    return std::max(seconds(0), call.at - clock().now());
}

/// `path`: "" = all of the host.
void CurlFetcher::hold(const std::string& host, const std::string& path, Time until, Time now)
{
    if (path.empty())
        common_->pace.hold(host, until, now);
    else
        common_->pace.hold_path(host, path, until, now);
    if (common_->shared_pace)
        common_->shared_pace->hold(host + path, std::min<Time>(until, now + Pace::hold_max));
}

void CurlFetcher::check_delay(const Attempt& attempt, const Url& url, seconds delay) const
{
    if (delay > std::max<seconds>(retry_after_max, common_->pace.limit_of(url.host).window + seconds(1)))
        throw error("{}: {} asked not to be called before {}; run the job again then", attempt.name, url.host,
                    format_time(clock().now() + delay));
}

milliseconds CurlFetcher::pause(int tries)
{
    const std::scoped_lock lock(common_->mutex);
    return backoff(tries, common_->random);
}

void CurlFetcher::wait(const Attempt& attempt, milliseconds duration)
{
    if (!clock().wait(duration, attempt.stop))
        throw Stopped(attempt.name + ": stopped");
}

/// What a transient response asks for: leaves the host alone so long, or backs off. `tries` 0 = nothing follows.
void CurlFetcher::honour_retry_after(const Attempt& attempt, const Url& url, const CurlResponse& response, int tries)
{
    const auto now = clock().now();
    auto asked = retry_after(response.header("retry-after"), now);
    if (!asked && response.status == 429)
        asked = wait_without_retry_after;
    if (asked && (response.status == 429 || response.status == 503)) {
        const bool is_long = *asked > retry_after_max;
        if (is_long)
            hold(url.host, path_of(url), now + *asked, now);
        if (!is_long || response.status == 429)
            hold(url.host, "", now + (is_long ? wait_without_retry_after : *asked), now);
        if (is_long)
            throw error("{}: HTTP {}, and the server asks to wait until {}; run the job again then", attempt.name,
                        response.status, format_time(now + *asked));
        return;
    }
    if (tries > 0)
        wait(attempt, pause(tries));
}

/// `x-ratelimit-remaining: 0` (SSB's gateway among others): the next call would be refused.
void CurlFetcher::honour_rate_limit(const Url& url, const CurlResponse& response)
{
    for (const std::string prefix : {"x-ratelimit-", "ratelimit-"}) {
        const auto remaining = response.header(prefix + "remaining");
        if (remaining.empty() || remaining.find_first_not_of('0') != std::string::npos)
            continue;
        const auto& pace = common_->pace;
        const auto now = clock().now();
        const auto reset = quota_reset(response.header(prefix + "reset"), now);
        hold(url.host, "", now + reset.value_or(pace.limit_of(url.host).window), now);
        spdlog::info("{}: the quota is spent, no call for {} s", url.host, pace.delay(url.host, now).count());
    }
}

/// All that the host's name stands for in this run; none where it is an address, or where a proxy is asked instead.
/// Throws Error for one that is not allowed.
const std::vector<std::string>& CurlFetcher::addresses(const Attempt& attempt, const Url& url)
{
    auto& known = addresses_[url.host];
    if (!known.empty() || is_address(url.host) || !settings().proxy.address.empty())
        return known;
    auto found = common_->resolver(url.host, settings().connect_timeout, attempt.stop);
    if (!contains(settings().allow_private, url.host))
        for (const auto& address : found)
            if (!is_public_address(address))
                throw error("{}: refused: '{}' has the address {}, which is loopback, private or link-local; if that "
                            "is meant, name '{}' in [fetch] allow_private",
                            attempt.name, url.host, address, url.host);
    return known = std::move(found);
}

bool CurlFetcher::is_paced(const std::string& host) const
{
    return settings().pace_private || settings().hosts.contains(host) || !contains(settings().allow_private, host);
}

CurlExchange CurlFetcher::prepare(const Attempt& attempt, const Url& url) const
{
    CurlExchange exchange;
    exchange.method = attempt.request.method;
    exchange.url = url.text;
    exchange.body = attempt.request.body;
    if (!attempt.request.accept.empty())
        exchange.headers.push_back("Accept: " + attempt.request.accept);
    if (!attempt.request.content_type.empty())
        exchange.headers.push_back("Content-Type: " + attempt.request.content_type);
    if (const auto key = settings().keys.find(url.host); key != settings().keys.end())
        exchange.headers.push_back(key->second.header + ": " + secret_of(key->second));
    name_caller(settings(), exchange);
    exchange.allow_http = contains(settings().allow_http, url.host);
    exchange.allow_private = contains(settings().allow_private, url.host);
    exchange.connect_timeout = settings().connect_timeout;
    exchange.first_byte_timeout = settings().first_byte_timeout;
    exchange.stall_timeout = settings().stall_timeout;
    exchange.total_timeout = settings().timeout;
    exchange.bytes_max = settings().bytes_max;
    return exchange;
}

/// One exchange. Throws for a failure that trying again would not cure.
CurlFetcher::Result CurlFetcher::exchange(const Attempt& attempt, const Url& url, CurlEasy& connection)
{
    auto exchange = prepare(attempt, url);
    common_->counters->made_request(url.host);
    exchange.addresses = addresses(attempt, url);
    if (exchange.addresses.empty() && !is_address(url.host) && settings().proxy.address.empty()) {
        common_->counters->failed(url.host);
        return CurlFailure{CurlFailure::Kind::transport, fmt::format("no address of '{}' is known", url.host)};
    }
    if (is_paced(url.host))
        common_->pace.record(url.host, clock().now());
    auto result = connection.perform(exchange, attempt.stop);
    count(url.host, result);
    if (const auto* response = std::get_if<CurlResponse>(&result)) {
        spdlog::debug("{}: HTTP {}, {} bytes", attempt.name, response->status, response->body.size());
        honour_rate_limit(url, *response);
        return result;
    }
    throw_if_final(attempt, url, std::get<CurlFailure>(result));
    return result;
}

void CurlFetcher::count(const std::string& host, const Result& result) const
{
    const auto* response = std::get_if<CurlResponse>(&result);
    const auto* failure = std::get_if<CurlFailure>(&result);
    if (response)
        common_->counters->got(host, response->body.size());
    if (failure ? failure->kind != CurlFailure::Kind::stopped : is_transient(response->status))
        common_->counters->failed(host);
}

void CurlFetcher::throw_if_final(const Attempt& attempt, const Url& url, const CurlFailure& failure) const
{
    switch (failure.kind) {
    case CurlFailure::Kind::transport:
        return;
    case CurlFailure::Kind::stopped:
        throw Stopped(attempt.name + ": stopped");
    case CurlFailure::Kind::too_large:
        throw error("{}: the response is larger than {} bytes ([fetch] max_bytes)", attempt.name,
                    settings().bytes_max);
    case CurlFailure::Kind::private_address:
        throw error("{}: refused: {}; if that is meant, name '{}' in [fetch] allow_private", attempt.name,
                    failure.text, url.host);
    case CurlFailure::Kind::refused:
        throw error("{}: refused: {}", attempt.name, failure.text);
    }
}

} // namespace skurd
