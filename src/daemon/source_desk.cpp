#include "daemon/source_desk.hpp"

#include "base/error.hpp"
#include "daemon/handlers.hpp"
#include "fetch/secret_file.hpp"
#include "run/exchange_recorder.hpp"
#include "run/fleet_pace.hpp"

#include <random>

namespace skurd {

namespace {

std::unique_ptr<SourceBrowser> browser_of(const QueriedSource& at)
{
    return make_source_browser(connector_kinds(), at.source, {at.base_url, at.language});
}

/// The keys that hosts are sent.
std::vector<std::string> secrets_of(const Installation& at)
{
    std::vector<std::string> secrets;
    for (const auto& [host, key] : read_settings(at).fetch.keys)
        secrets.push_back(secret_of(key));
    return secrets;
}

bool is_in_blackout(const ReadyJob& job, const std::vector<RecordedExchange>& exchanges)
{
    return job.blackout && !exchanges.empty() && job.blackout->contains(exchanges.back().response.received_at);
}

/// What a first harvest asks and is answered, for the record.
void record_harvest(const ReadyJob& job, const SourceQuery& query, ExchangeRecorder& recorder, CheckedJob& checked)
{
    const auto where = job.job.whole.file() + ":1";
    if (!checked.is_good() || is_in_blackout(job, checked.exchanges))
        return;
    recorder.begin_part(RecordedExchange::Part::harvest);
    try {
        rehearse_harvest(job, query);
    } catch (const Error& failure) {
        checked.results.push_back(
            {CheckResult::Kind::wrong, where, "a first harvest would end so: " + full_message(failure)});
    }
    if (recorder.is_too_large())
        checked.results.push_back(
            {CheckResult::Kind::unsure, where,
             fmt::format("a first harvest has more than {} MiB of responses: it is not recorded",
                         ExchangeRecorder::bytes_max >> 20)});
    for (auto& exchange : recorder.take())
        checked.exchanges.push_back(std::move(exchange));
}

CheckedJob check_job(const ReadyJob& job, const SourceQuery& query, ExchangeRecorder& recorder,
                     CheckOnlineOrder::Record record)
{
    CheckedJob checked;
    checked.job = job.job.id;
    checked.file = job.job.whole.file();
    checked.hash = job.hash;
    if (!can_check_online(job))
        return checked;
    checked.asked = CheckedJob::Asked::yes;
    recorder.begin_part(RecordedExchange::Part::check);
    try {
        checked.results = check_online(job, query);
    } catch (const Error& failure) {
        checked.failure = full_message(failure);
        checked.silent_host = recorder.silent_host();
    }
    checked.exchanges = recorder.take();
    if (record == CheckOnlineOrder::Record::yes)
        record_harvest(job, query, recorder, checked);
    return checked;
}

/// Runs a question; whatever comes of it, what was asked is noted in the pace.
template <typename Question>
auto keeping_pace(StoredPace& pace, const Question& question)
{
    try {
        auto answer = question();
        pace.store();
        return answer;
    } catch (...) {
        pace.store();
        throw;
    }
}

template <typename Kind>
typename Kind::Result ask_in(const Kind& order, OrderScope& scope)
{
    auto& workspace = scope.workspace;
    const auto at = workspace.installation;
    auto http = workspace.http.beside();
    http.forget_answers(); // a person wants to know what the source says now
    return keeping_pace(*workspace.pace, [&] {
        return scope.turn.outside([&] { return ask_source(order, at, {http, scope.stop, scope.progress}); });
    });
}

} // namespace

DiscoverResult ask_source(const DiscoverOrder& order, const Installation&, const SourceQuery& query)
{
    return {discover(*browser_of(order.at), order.words, query)};
}

DescribeResult ask_source(const DescribeOrder& order, const Installation&, const SourceQuery& query)
{
    return {describe_table(*browser_of(order.at), order.table, query)};
}

CheckOnlineResult ask_source(const CheckOnlineOrder& order, const Installation& at, const SourceQuery& query)
{
    const bool kept = order.record == CheckOnlineOrder::Record::yes;
    ExchangeRecorder recorder(query.fetcher,
                              kept ? ExchangeRecorder::Keep::exchanges : ExchangeRecorder::Keep::nothing,
                              kept ? secrets_of(at) : std::vector<std::string>());
    const auto list = load_jobs(at);
    CheckOnlineResult result;
    for (const auto* job : list.named_or_all(order.jobs)) {
        if (query.stop.stop_requested())
            throw error("stopped before job '{}' was checked", job->job.id);
        const auto progress = [&](const std::string& text) {
            if (query.progress)
                query.progress(fmt::format("{}: {}", job->job.id, text));
        };
        result.jobs.push_back(check_job(*job, {recorder, query.stop, progress}, recorder, order.record));
    }
    return result;
}

DiscoverResult handle(const DiscoverOrder& order, OrderScope& scope)
{
    return ask_in(order, scope);
}

DescribeResult handle(const DescribeOrder& order, OrderScope& scope)
{
    return ask_in(order, scope);
}

CheckOnlineResult handle(const CheckOnlineOrder& order, OrderScope& scope)
{
    return ask_in(order, scope);
}

SourceDesk::SourceDesk(const Installation& installation, Clock& clock)
    : installation_(installation), settings_(read_settings(installation)),
      store_(installation.store, StoreSession::Access::write, clock),
      http_(settings_.fetch, clock, std::random_device()()), pace_(store_, http_.pace(), clock)
{
    http_.share_pace(fleet_pace(store_));
}

OrderResult SourceDesk::execute(const Order& order, const OrderGiver&, const OrderProgress& progress,
                                std::stop_token stop)
{
    return std::visit(
        [&](const auto& kind) -> OrderResult {
            const SourceQuery query{http_, stop, progress};
            if constexpr (requires { ask_source(kind, installation_, query); })
                return keeping_pace(pace_, [&] { return ask_source(kind, installation_, query); });
            else
                throw error("order {} is no question to a source", kind.name);
        },
        order);
}

} // namespace skurd
