#pragma once

#include "connectors/connector.hpp"
#include "fetch/fetcher.hpp"
#include "run/jobs.hpp"

#include <functional>
#include <span>
#include <stop_token>

namespace skurd {

// Looking around at sources: their tables, and what they say of the jobs there are. Nothing is stored; what a source
// answers goes straight to the person who asked. These functions drive an Explorer or Connector with a Fetcher, at
// most 1 000 requests for one question and only to the hosts it names, and throw Error for what the source or the
// fetcher refuses.

/// By what a source is asked, and how people are told.
struct Asking {
    Fetcher& fetcher;
    std::stop_token stop{};
    std::function<void(const std::string&)> progress{}; ///< what is being asked; may be empty
};

/// The explorer of the kind of that name. Throws Error (usage) that names those there are.
std::unique_ptr<Explorer> make_explorer(std::span<const ConnectorKind> kinds, const std::string& source,
                                        const ExploreSettings& settings);

/// Tables whose title has all the words, in the source's order.
std::vector<TableEntry> discover(const Explorer& explorer, const std::string& words, const Asking& asking);

TableDescription describe_table(const Explorer& explorer, const std::string& table, const Asking& asking);

/// Whether check_online() would ask anyone.
bool can_check_online(const ReadyJob& job);

/// What the source says of the job, line by line. When it confirms every line, the line `unconfirmed`, where the job
/// has it, is confirmed too: it can go.
std::vector<JobRemark> check_online(const ReadyJob& job, const Asking& asking);

} // namespace skurd
