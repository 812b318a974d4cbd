#pragma once

#include "base/enum_words.hpp"
#include "store/engine/database.hpp"
#include "store/engine/statement.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// What a link of the chain over what was done is about, and what its item numbers.
enum class LogItem {
    older,     ///< what there was before this chain that belongs to no commit: the chain over vintages, ends; item 0
    commit,    ///< the rows of a commit, but for the cells, which the content chain has: commit_log.seq
    run,       ///< a run that has ended, with its payloads' addresses: run.id; it may be gone by its age
    catalogue, ///< a version of the catalogue: catalogue.id
    actor,     ///< which user gave an order: actor_uid.id
    forgotten, ///< a name that was replaced for ever: person.forgotten
    signature, ///< over a sign-off: sign_off_signature.id
};
template <>
inline constexpr auto enum_words<LogItem> = word_table<LogItem>({
    {LogItem::older, "older"},
    {LogItem::commit, "commit"},
    {LogItem::run, "run"},
    {LogItem::catalogue, "catalogue"},
    {LogItem::actor, "actor"},
    {LogItem::forgotten, "forgotten"},
    {LogItem::signature, "signature"},
});

/// The chain over what was done: runs, addresses, verdicts, flags, annotations, sign-offs, who did it. People's names
/// stand in it as salted hashes. A link is made in the transaction that makes its item, so a kill tears neither off.
class LogChain {
public:
    explicit LogChain(Database& database) : database_(database) {}

    /// At the end; the item's rows are written and will not change.
    void add(LogItem kind, std::int64_t item);

    /// The hash over what the store has of it now; nothing where it is not there. Throws Error for a number that is
    /// none.
    std::optional<std::string> content(LogItem kind, std::int64_t item);

    /// The hash of the link over a content, after the hash of the link before it.
    static std::string link(std::string_view before, LogItem kind, std::int64_t item, std::string_view content);

    std::string head(); ///< the newest hash; "" where there is no link

private:
    Statement& prepared(const std::string& query);
    Statement& rows_of(const char* query, std::int64_t item, std::int64_t dataset);
    std::int64_t dataset_of_run(std::int64_t run);

    Database& database_;
    std::map<std::string, Statement> statements_;
};

/// Links all that a store held before it had these chains, in the order of its commits. Within a transaction.
void link_older(Database& database);

} // namespace skurd
