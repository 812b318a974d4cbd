#include "fetch/curl_fetcher.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fetch/retry.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

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

std::string media_type(const CurlAnswer& answer)
{
    const auto header = answer.header("content-type");
    return to_lower(trim(std::string_view(header).substr(0, header.find(';'))));
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

    bool is_html_for_json(const CurlAnswer& answer) const
    {
        return answer.status == 200 && request.accept == "application/json" && media_type(answer) == "text/html";
    }
};

CurlFetcher::CurlFetcher(FetchSettings settings, Clock& clock, std::uint64_t seed)
    : settings_(std::move(settings)), clock_(clock), random_(seed), pace_(settings_.calls, settings_.window)
{
}

std::optional<Response> CurlFetcher::fetch(const Request& request, std::stop_token stop)
{
    const Attempt attempt{request, std::move(stop)};
    auto url = parse_url(request.url);
    if (request.kind != Request::Kind::http || !url)
        throw error("{}: not an absolute URL", attempt.name);
    check(attempt, *url);
    for (int redirects = 0; redirects <= redirects_max; ++redirects) {
        auto answer = get(attempt, *url);
        if (!is_redirect(answer.status))
            return Response{answer.status, url->text, media_type(answer), std::move(answer.body), clock_.now(), {}};
        const auto location = answer.header("location");
        auto next = resolve_url(*url, location);
        if (!next || next->authority() != url->authority())
            throw error("{}: redirected to '{}', which is not on the same host; if the service has moved, change "
                        "the address in the job",
                        attempt.name, location.substr(0, shown_url_max));
        if (request.method != "GET" && answer.status < 307)
            throw error("{}: redirected with {}, which would lose the body", attempt.name, answer.status);
        check(attempt, *next);
        url = std::move(next);
    }
    throw error("{}: redirected more than {} times", attempt.name, redirects_max);
}

void CurlFetcher::check(const Attempt& attempt, const Url& url) const
{
    if (url.has_user)
        throw error("{}: a URL with a user name or password is not fetched", attempt.name);
    if (url.scheme == "https" || (url.scheme == "http" && contains(settings_.allow_http, url.host)))
        return;
    if (url.scheme == "http")
        throw error("{}: http without TLS is not allowed; use https, or name '{}' in [fetch] allow_http",
                    attempt.name, url.host);
    throw error("{}: only https is fetched, not '{}'", attempt.name, url.scheme);
}

/// One URL, tried until it answers with something the caller should see.
CurlAnswer CurlFetcher::get(const Attempt& attempt, const Url& url)
{
    for (int tries = 1;; ++tries) {
        wait_for_turn(attempt, url);
        auto result = exchange(attempt, url);
        auto* answer = std::get_if<CurlAnswer>(&result);
        const bool last = tries == settings_.tries;
        if (answer && !is_transient(answer->status) && !attempt.is_html_for_json(*answer))
            return std::move(*answer);
        if (answer) {
            if (!last)
                spdlog::warn("{}: HTTP {}{}, try {} of {}", attempt.name, answer->status,
                             answer->status == 200 ? " with a web page" : "", tries, settings_.tries);
            wait_as_told(attempt, url, *answer, last ? 0 : tries);
            if (last)
                return std::move(*answer);
            continue;
        }
        const auto& failure = std::get<CurlFailure>(result);
        if (last)
            throw error("{}: no answer after {} {}: {}", attempt.name, tries, tries == 1 ? "try" : "tries",
                        failure.text);
        spdlog::warn("{}: {}, try {} of {}", attempt.name, failure.text, tries, settings_.tries);
        wait(attempt, backoff(tries, random_));
    }
}

void CurlFetcher::wait_for_turn(const Attempt& attempt, const Url& url)
{
    if (attempt.stop.stop_requested())
        throw error("{}: stopped", attempt.name);
    for (auto delay = pace_.delay(url.host, clock_.now()); delay.count() > 0;
         delay = pace_.delay(url.host, clock_.now())) {
        if (delay > std::max<seconds>(retry_after_max, settings_.window + seconds(1)))
            throw error("{}: {} asked not to be called before {}; run the job again then", attempt.name, url.host,
                        format_time(clock_.now() + delay));
        spdlog::log(delay > seconds(2) ? spdlog::level::info : spdlog::level::debug,
                    "{}: waits {} s for its turn at {}", attempt.name, delay.count(), url.host);
        wait(attempt, delay);
    }
}

void CurlFetcher::wait(const Attempt& attempt, milliseconds duration)
{
    if (!clock_.wait(duration, attempt.stop))
        throw error("{}: stopped", attempt.name);
}

/// What a transient answer asks for: leaves the host alone so long, or backs off. `tries` 0 = nothing follows.
void CurlFetcher::wait_as_told(const Attempt& attempt, const Url& url, const CurlAnswer& answer, int tries)
{
    const auto now = clock_.now();
    auto asked = retry_after(answer.header("retry-after"), now);
    if (!asked && answer.status == 429)
        asked = wait_without_retry_after;
    if (asked && (answer.status == 429 || answer.status == 503)) {
        pace_.hold(url.host, now + *asked, now);
        if (*asked > retry_after_max)
            throw error("{}: HTTP {}, and the server asks to wait until {}; run the job again then", attempt.name,
                        answer.status, format_time(now + *asked));
        return;
    }
    if (tries > 0)
        wait(attempt, backoff(tries, random_));
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
    exchange.user_agent = settings_.contact.empty() ? "skurd/" SKURD_VERSION
                                                    : fmt::format("skurd/" SKURD_VERSION " (+{})", settings_.contact);
    exchange.proxy = settings_.proxy;
    exchange.allow_http = contains(settings_.allow_http, url.host);
    exchange.allow_private = contains(settings_.allow_private, url.host);
    exchange.connect_timeout = settings_.connect_timeout;
    exchange.total_timeout = settings_.timeout;
    exchange.bytes_max = settings_.bytes_max;
    return exchange;
}

/// One exchange. Throws for a failure that trying again would not cure.
std::variant<CurlAnswer, CurlFailure> CurlFetcher::exchange(const Attempt& attempt, const Url& url)
{
    if (settings_.pace_private || !contains(settings_.allow_private, url.host))
        pace_.record(url.host, clock_.now());
    auto result = connections_[url.authority()].perform(prepare(attempt, url), attempt.stop);
    if (const auto* answer = std::get_if<CurlAnswer>(&result)) {
        spdlog::debug("{}: HTTP {}, {} bytes", attempt.name, answer->status, answer->body.size());
        return result;
    }
    throw_if_final(attempt, url, std::get<CurlFailure>(result));
    return result;
}

void CurlFetcher::throw_if_final(const Attempt& attempt, const Url& url, const CurlFailure& failure) const
{
    switch (failure.kind) {
    case CurlFailure::Kind::transport:
        return;
    case CurlFailure::Kind::stopped:
        throw error("{}: stopped", attempt.name);
    case CurlFailure::Kind::too_large:
        throw error("{}: the answer is larger than {} bytes ([fetch] max_bytes)", attempt.name, settings_.bytes_max);
    case CurlFailure::Kind::private_address:
        throw error("{}: refused: {}; if that is meant, name '{}' in [fetch] allow_private", attempt.name,
                    failure.text, url.host);
    case CurlFailure::Kind::refused:
        throw error("{}: refused: {}", attempt.name, failure.text);
    }
}

} // namespace skurd
