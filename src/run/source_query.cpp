#include "run/source_query.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/exchange.hpp"

#include <algorithm>

namespace skurd {

namespace {

/// What the source answered, where that suffices. Throws Error for any other end: who asks a source has no "as it
/// was".
std::vector<Response> responses_of(Exchange& exchange)
{
    if (const auto* failure = std::get_if<Failure>(&exchange.end()))
        throw Error(failure->why);
    if (const auto* unchanged = std::get_if<Unchanged>(&exchange.end()))
        throw error("the source was asked for what it has and the response was that nothing is new: {}",
                    unchanged->why);
    return exchange.take_responses();
}

/// Asks step by step, as `next` says, until it has all it wants; nobody but these hosts.
std::vector<Response> gather(const std::vector<std::string>& hosts, Exchange::Next next,
                             const SourceQuery& source_query)
{
    source_query.fetcher.begin_run(hosts);
    Exchange exchange(std::move(next));
    while (const auto* request = exchange.next()) {
        if (source_query.progress)
            source_query.progress(request->purpose.empty() ? request->url : request->purpose);
        auto response = source_query.fetcher.fetch(*request, source_query.stop);
        if (!response)
            throw error("{}: there is nothing to get", request->url);
        exchange.answer(std::move(*response));
    }
    return responses_of(exchange);
}

} // namespace

std::unique_ptr<SourceBrowser> make_source_browser(std::span<const ConnectorKind> kinds, const std::string& source,
                                                   const BrowseSettings& settings)
{
    std::vector<std::string> known;
    for (const auto& kind : kinds)
        if (kind.browse)
            known.emplace_back(kind.name);
    const auto listed = known.empty() ? "none" : join(known, ", ");
    for (const auto& kind : kinds) {
        if (kind.name != source)
            continue;
        if (!kind.browse)
            throw usage_error("the source '{}' ({}) has no list of tables: write its job by hand, as "
                              "connectors/{}/README.md says (with a list: {})",
                              kind.name, kind.summary, kind.name, listed);
        return kind.browse(settings);
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
    auto results = connector.check(gather(connector.guarantee().hosts, next, source_query));
    const bool confirmed = !results.empty() && std::all_of(results.begin(), results.end(), [](const CheckResult& r) {
        return r.kind == CheckResult::Kind::confirmed;
    });
    if (confirmed && !job.job.unconfirmed.empty())
        results.push_back({CheckResult::Kind::confirmed, job.job.unconfirmed_where, "this line can go", "",
                           CheckResult::Fix::remove});
    return results;
}

void rehearse_harvest(const ReadyJob& job, const SourceQuery& source_query)
{
    const auto& connector = *job.connector;
    const ConnectorState nothing;
    const auto next = [&](std::span<const Response> responses) { return connector.next(nothing, responses); };
    const auto responses = gather(connector.guarantee().hosts, next, source_query);
    static_cast<void>(connector.decode(nothing, responses));
}

} // namespace skurd
