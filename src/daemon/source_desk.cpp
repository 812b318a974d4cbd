#include "daemon/source_desk.hpp"

#include "base/error.hpp"
#include "daemon/handlers.hpp"

#include <random>

namespace skurd {

namespace {

std::unique_ptr<SourceBrowser> browser_of(const QueriedSource& at)
{
    return make_source_browser(connector_kinds(), at.source, {at.base_url, at.language});
}

CheckedJob check_job(const ReadyJob& job, const SourceQuery& query)
{
    CheckedJob checked;
    checked.job = job.job.id;
    checked.file = job.job.whole.file();
    if (!can_check_online(job))
        return checked;
    checked.asked = CheckedJob::Asked::yes;
    try {
        checked.results = check_online(job, query);
    } catch (const Error& failure) {
        checked.failure = full_message(failure);
    }
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
    return keeping_pace(workspace.pace, [&] {
        return ask_source(order, workspace.installation, {workspace.sources, scope.stop, scope.progress});
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
    const auto list = load_jobs(at);
    CheckOnlineResult result;
    for (const auto* job : list.named_or_all(order.jobs)) {
        if (query.stop.stop_requested())
            throw error("stopped before job '{}' was checked", job->job.id);
        result.jobs.push_back(check_job(*job, query));
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
      store_(installation.state, StoreSession::Access::write, clock),
      http_(settings_.fetch, clock, std::random_device()()), pace_(store_, http_.pace(), clock)
{
}

OrderResult SourceDesk::execute(const Order& order, const OrderProgress& progress, std::stop_token stop)
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
