#include "run/fetch.hpp"

#include "base/time_text.hpp"
#include "connectors/exchange.hpp"
#include "lib/curl/url.hpp"
#include "store/clock_store.hpp"
#include "store/payload_store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

/// The exchange of one run, request by request.
class FetchRun {
public:
    FetchRun(const ReadyJob& job, const RunTools& tools, const ConnectorState& state, RunRecord& record,
             FetchResult& result)
        : job_(job), tools_(tools), exchange_(*job.connector, state), record_(record), result_(result)
    {
    }

    ~FetchRun() { result_.responses = exchange_.take_responses(); }
    FetchRun(const FetchRun&) = delete;
    FetchRun& operator=(const FetchRun&) = delete;

    void run(Fetcher& fetcher, std::stop_token stop)
    {
        while (const auto* request = next()) {
            auto response = ask(*request, fetcher, stop);
            if (!response)
                return;
            result_.is_file = request->kind == Request::Kind::file;
            exchange_.answer(std::move(*response));
            store(exchange_.responses().back());
        }
        std::visit([&](const auto& end) { conclude(end); }, exchange_.end());
    }

private:
    const Request* next()
    {
        try {
            return exchange_.next();
        } catch (...) {
            if (const auto* refused = exchange_.refused())
                result_.refused = *refused;
            throw;
        }
    }

    /// Nothing where the exchange ends here.
    std::optional<Response> ask(const Request& request, Fetcher& fetcher, std::stop_token stop)
    {
        if (tools_.progress)
            tools_.progress(
                fmt::format("{}: {}", job_.job.id, request.purpose.empty() ? request.url : request.purpose));
        if (request.kind != Request::Kind::file) // an idle drop folder leaves no record
            record_.open();
        if (job_.blackout && job_.blackout->contains(tools_.clock.now())) {
            defer();
            return std::nullopt;
        }
        auto response = aside(tools_, [&] { return fetcher.fetch(request, stop); });
        if (!response)
            result_.end = FetchResult::End::no_file;
        return response;
    }

    void store(const Response& response)
    {
        record_.open();
        ++record_.run().requests;
        record_.run().bytes += static_cast<std::int64_t>(response.body.size());
        if (!record_.is_open()) // a dry run
            return;
        hear_time(response);
        result_.payload = PayloadStore(tools_.store).store(response.body, response.media_type, response.url);
        record_.add_payload(result_.payload);
        result_.payloads.push_back(result_.payload.hash);
    }

    void hear_time(const Response& response)
    {
        const auto url = parse_url(response.url);
        if (response.dated_at && !response.was_cached && url)
            ClockStore(tools_.store).hear({url->host, *response.dated_at, response.received_at});
    }

    void defer()
    {
        result_.end = FetchResult::End::deferred;
        result_.why =
            fmt::format("deferred: {} the source's figures are unreliable; run the job after {}",
                        job_.blackout->text(), format_time(job_.blackout->earliest_run(tools_.clock.now())));
    }

    void conclude(const Ready& ready)
    {
        result_.end = FetchResult::End::ready;
        result_.state = ready.state;
        const auto& responses = exchange_.responses();
        if (job_.blackout && std::any_of(responses.begin(), responses.end(), [&](const Response& one) {
                return job_.blackout->contains(one.received_at);
            }))
            defer();
    }

    void conclude(const Unchanged& unchanged)
    {
        result_.end = FetchResult::End::unchanged;
        result_.why = unchanged.why;
        result_.state = unchanged.state;
        result_.findings = unchanged.findings;
    }

    void conclude(const Failure& failure)
    {
        result_.end = FetchResult::End::failed;
        result_.why = failure.why;
        result_.state = failure.state;
        result_.findings = failure.findings;
    }

    const ReadyJob& job_;
    const RunTools& tools_;
    Exchange exchange_;
    RunRecord& record_;
    FetchResult& result_;
};

} // namespace

void fetch_responses(const ReadyJob& job, const RunTools& tools, const ConnectorState& state, Fetcher& fetcher,
                     std::stop_token stop, RunRecord& record, FetchResult& result)
{
    FetchRun(job, tools, state, record, result).run(fetcher, stop);
}

} // namespace skurd
