#include "run/source_query.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace skurd {

namespace {

constexpr std::size_t query_requests_max = 1000;

/// The request of a step; nothing when the responses suffice. Throws Error for any other step: who looks around at a
/// source has no "as it was".
const Request* request_of(const Step& step)
{
    if (const auto* failure = std::get_if<Failure>(&step))
        throw Error(failure->why);
    if (const auto* unchanged = std::get_if<Unchanged>(&step))
        throw error("the source was asked for what it has and the answer was that nothing is new: {}",
                    unchanged->why);
    return std::get_if<Request>(&step);
}

using Next = std::function<Step(std::span<const Response>)>;

/// Asks step by step, as `next` says, until it has all it wants; nobody but these hosts.
std::vector<Response> gather(const std::vector<std::string>& hosts, const Next& next, const SourceQuery& source_query)
{
    source_query.fetcher.begin_run(hosts);
    std::vector<Response> responses;
    while (responses.size() < query_requests_max) {
        const Step step = next(responses);
        const auto* request = request_of(step);
        if (!request)
            return responses;
        if (source_query.progress)
            source_query.progress(request->purpose.empty() ? request->url : request->purpose);
        auto response = source_query.fetcher.fetch(*request, source_query.stop);
        if (!response)
            throw error("{}: there is nothing to get", request->url);
        responses.push_back(std::move(*response));
    }
    throw error("the source wanted more than {} requests", query_requests_max);
}

} // namespace

std::unique_ptr<SourceBrowser> make_source_browser(std::span<const ConnectorKind> kinds, const std::string& source,
                                                   const BrowseSettings& settings)
{
    std::vector<std::string> known;
    for (const auto& kind : kinds)
        if (kind.explore)
            known.emplace_back(kind.name);
    const auto listed = known.empty() ? "none" : join(known, ", ");
    for (const auto& kind : kinds) {
        if (kind.name != source)
            continue;
        if (!kind.explore)
            throw usage_error("the source '{}' ({}) has no list of tables: write its job by hand, as "
                              "connectors/{}/README.md says (with a list: {})",
                              kind.name, kind.summary, kind.name, listed);
        return kind.explore(settings);
    }
    throw usage_error("there is no source '{}'{} (with a list of tables: {})", excerpt(source),
                      did_you_mean(source, known), listed);
}

std::vector<TableEntry> discover(const SourceBrowser& browser, const std::string& words,
                                 const SourceQuery& source_query)
{
    const auto next = [&](std::span<const Response> responses) { return browser.next_search(words, responses); };
    return browser.found(words, gather(browser.hosts(), next, source_query));
}

TableDescription describe_table(const SourceBrowser& browser, const std::string& table,
                                const SourceQuery& source_query)
{
    const auto next = [&](std::span<const Response> responses) { return browser.next_description(table, responses); };
    return browser.described(table, gather(browser.hosts(), next, source_query));
}

bool can_check_online(const ReadyJob& job)
{
    return !std::holds_alternative<Ready>(job.connector->next_check({}));
}

std::vector<CheckResult> check_online(const ReadyJob& job, const SourceQuery& source_query)
{
    const auto& connector = *job.connector;
    const auto next = [&](std::span<const Response> responses) { return connector.next_check(responses); };
    auto remarks = connector.check(gather(connector.guarantee().hosts, next, source_query));
    const bool confirmed = !remarks.empty() && std::all_of(remarks.begin(), remarks.end(), [](const CheckResult& r) {
        return r.kind == CheckResult::Kind::confirmed;
    });
    if (confirmed && !job.job.unconfirmed.empty())
        remarks.push_back({CheckResult::Kind::confirmed, job.job.unconfirmed_where, "this line can go", ""});
    return remarks;
}

} // namespace skurd
