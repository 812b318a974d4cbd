#include "store/chain/log_chain.hpp"

#include "model/commit.hpp"
#include "store/chain/log_rows.hpp"
#include "store/chain/row_hash.hpp"
#include "store/columns.hpp"
#include "store/engine/dataset_parts.hpp"

#include <set>

namespace skurd {

namespace {

/// A vintage's words are its commit's also where an older skurd did not list them.
bool has_rows_of(const std::set<CommitKind>& kinds, CommitKind kind)
{
    return kinds.contains(kind) || (kind == CommitKind::label && kinds.contains(CommitKind::vintage));
}

/// Rows of these kinds stand below a dataset.
bool is_of_dataset(CommitKind kind)
{
    return kind == CommitKind::vintage || kind == CommitKind::label || kind == CommitKind::annotation ||
           kind == CommitKind::correction;
}

constexpr auto content_links =
    "SELECT d.name, c.hash FROM content_chain AS c JOIN dataset AS d ON d.id = c.dataset_id"
    " WHERE /*: c.dataset_id = $2 AND */ c.commit_seq = $1 ORDER BY d.name";

} // namespace

Statement& LogChain::prepared(const std::string& query)
{
    const auto at = statements_.find(query);
    return at != statements_.end() ? at->second
                                   : statements_.emplace(query, Statement(database_, query)).first->second;
}

/// `dataset`: the only one that the item is about; 0 = it is about several, or nobody knows.
Statement& LogChain::rows_of(const char* query, std::int64_t item, std::int64_t dataset)
{
    if (last_dataset_parameter(query) == 0)
        return prepared(query).bind(item);
    return dataset != 0 ? prepared(query).bind(item, dataset) : prepared(without_dataset_parts(query)).bind(item);
}

/// Nobody asks where rows do not name their dataset.
std::int64_t LogChain::dataset_of_run(std::int64_t run)
{
    if (!database_.rows_name_dataset())
        return 0;
    auto& row = prepared("SELECT d.id FROM run AS r JOIN dataset AS d ON d.name = r.dataset WHERE r.id = $1");
    const auto dataset = row.bind(run).step() ? row.integer(0) : 0;
    row.reset();
    return dataset;
}

std::optional<std::string> LogChain::content(LogItem kind, std::int64_t item)
{
    FieldHash hash;
    hash.text(to_string(kind));
    std::int64_t key = item;
    std::set<CommitKind> kinds;
    std::set<std::int64_t> datasets;
    if (kind == LogItem::commit) {
        auto& part = prepared("SELECT l.ingest_id, l.kind, d.name, l.at, l.dataset_id FROM commit_log AS l"
                              " LEFT JOIN dataset AS d ON d.id = l.dataset_id WHERE l.seq = $1 ORDER BY l.part");
        part.bind(item);
        while (part.step()) {
            key = part.integer(0);
            kinds.insert(enum_from<CommitKind>(part.view(1)));
            if (is_of_dataset(enum_from<CommitKind>(part.view(1))))
                datasets.insert(part.integer(4));
            for (int column = 1; column < 4; ++column)
                hash.text(part.view(column));
        }
        if (kinds.empty())
            return std::nullopt;
        hash_rows(hash, rows_of(content_links, item, datasets.size() == 1 ? *datasets.begin() : 0));
    } else {
        auto& there = prepared(log_rows(kind).front().sql);
        if (kind != LogItem::older && !there.bind(item).step())
            return std::nullopt;
        if (kind == LogItem::run)
            datasets.insert(dataset_of_run(item));
        for (const auto& rows : log_rows(kind))
            hash_rows(hash, rows_of(rows.sql, item, datasets.empty() ? 0 : *datasets.begin()), rows.numbers);
    }
    // Rows of no commit, which old stores have, are numbered 0.
    for (std::size_t i = 0; i < enum_words<CommitKind>.size(); ++i) {
        const auto each = static_cast<CommitKind>(i);
        if (kind != LogItem::older && !has_rows_of(kinds, each))
            continue;
        hash.text(to_string(each));
        for (const auto& rows : log_rows(each))
            hash_rows(hash, rows_of(rows.sql, key, datasets.size() == 1 ? *datasets.begin() : 0), rows.numbers);
    }
    return hash.hex();
}

std::string LogChain::link(std::string_view before, LogItem kind, std::int64_t item, std::string_view content)
{
    FieldHash hash;
    hash.text("log link 1");
    hash.text(before);
    hash.text(to_string(kind));
    hash.number(static_cast<std::uint64_t>(item));
    hash.text(content);
    return hash.hex();
}

std::string LogChain::head()
{
    auto& last = prepared("SELECT hash FROM log_chain ORDER BY position DESC LIMIT 1");
    const auto found = last.bind().step() ? last.text(0) : std::string();
    last.reset();
    return found;
}

void LogChain::add(LogItem kind, std::int64_t item)
{
    const auto content = this->content(kind, item);
    if (!content)
        throw error("{}: nothing is there of {} {} to link", database_.location(), to_string(kind), item);
    prepared("INSERT INTO log_chain (position, kind, item, content, hash)"
             " SELECT coalesce(max(position), 0) + 1, $1, $2, $3, $4 FROM log_chain")
        .run(to_string(kind), item, *content, link(head(), kind, item, *content));
}

} // namespace skurd
