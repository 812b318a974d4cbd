#pragma once

#include "connectors/connector.hpp"
#include "fetch/fetcher.hpp"
#include "run/jobs.hpp"

#include <functional>
#include <span>
#include <stop_token>

namespace skurd {

// The source browser's queries: a source's tables, and what it says of the jobs there are. Nothing is stored; what a
// source answers goes straight to the person who asked. These functions drive a SourceBrowser or Connector (Exchange)
// with a Fetcher, call only the hosts it names, and throw Error for what the source or the fetcher refuses.

/// By what a source is asked, and how people are told.
struct SourceQuery {
    Fetcher& fetcher;
    std::stop_token stop{};
    std::function<void(const std::string&)> progress{}; ///< what is being asked; may be empty
};

/// The browser of the kind of that name. Throws Error (usage) that names those there are.
std::unique_ptr<SourceBrowser> make_source_browser(std::span<const ConnectorKind> kinds, const std::string& source,
                                                   const BrowseSettings& settings);

/// Tables whose title has all the words, in the source's order.
std::vector<TableEntry> discover(const SourceBrowser& browser, const std::string& words,
                                 const SourceQuery& source_query);

TableDescription describe_table(const SourceBrowser& browser, const std::string& table,
                                const SourceQuery& source_query);

/// Whether check_online() would ask anyone.
bool can_check_online(const ReadyJob& job);

/// What the source says of the job, line by line. When it confirms every line, the line `unconfirmed`, where the job
/// has it, is confirmed too: it can go.
std::vector<CheckResult> check_online(const ReadyJob& job, const SourceQuery& source_query);

/// A first harvest, fetched and decoded and stored nowhere. Throws Error with what it would end with.
void rehearse_harvest(const ReadyJob& job, const SourceQuery& source_query);

} // namespace skurd
