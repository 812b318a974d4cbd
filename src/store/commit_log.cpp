#include "store/commit_log.hpp"

#include "store/chain/content_chain.hpp"
#include "store/chain/log_chain.hpp"
#include "store/chain/people.hpp"
#include "store/engine/statement.hpp"

#include <algorithm>
#include <set>

namespace skurd {

std::int64_t CommitLog::ingest_id(Database& database)
{
    if (ingest_id_ == 0)
        ingest_id_ = database.draw_ids(Database::Ids::ingest, 1).front();
    return ingest_id_;
}

void CommitLog::record(CommitKind kind, std::int64_t dataset)
{
    const Part part{kind, dataset};
    if (std::find(parts_.begin(), parts_.end(), part) == parts_.end())
        parts_.push_back(part);
}

void CommitLog::write(Database& database, const std::string& now)
{
    if (depth_ > 1 || parts_.empty())
        return;
    const auto ingest = ingest_id(database);
    database.lock_commits();
    Statement next(database, "UPDATE commit_counter SET seq = seq + 1 RETURNING seq");
    next.step();
    const auto seq = next.integer(0);
    next.step();
    Statement insert(database, "INSERT INTO commit_log (seq, part, ingest_id, dataset_id, kind, at)"
                               " VALUES ($1, $2, $3, $4, $5, $6)");
    for (std::size_t i = 0; i < parts_.size(); ++i)
        insert.run(seq, i, ingest, parts_[i].dataset == 0 ? std::nullopt : std::optional(parts_[i].dataset),
                   to_string(parts_[i].kind), now);
    number_vintages(database, seq, ingest);
    link(database, seq, ingest);
}

/// Until here they had the id of their rows, which are drawn in another order than that of commits.
void CommitLog::number_vintages(Database& database, std::int64_t seq, std::int64_t ingest) const
{
    if (seq == ingest)
        return;
    Statement number(database,
                     "UPDATE vintage SET last_ingest_id = $1 WHERE dataset_id = $2 AND last_ingest_id = $3");
    for (const auto& part : parts_)
        if (part.kind == CommitKind::vintage)
            number.run(seq, part.dataset, ingest);
}

void CommitLog::link(Database& database, std::int64_t seq, std::int64_t ingest) const
{
    std::set<std::int64_t> published;
    bool names_people = false;
    for (const auto& part : parts_) {
        if ((part.kind == CommitKind::vintage || part.kind == CommitKind::label) && part.dataset != 0)
            published.insert(part.dataset);
        names_people |= part.kind == CommitKind::flag || part.kind == CommitKind::annotation ||
                        part.kind == CommitKind::correction || part.kind == CommitKind::sign_off;
    }
    for (const auto dataset : published)
        link_content(database, dataset, seq, ingest);
    if (names_people)
        hash_people_of(database, ingest);
    LogChain(database).add(LogItem::commit, seq);
}

void CommitLog::leave() noexcept
{
    --depth_;
    if (depth_ > 0)
        return;
    parts_.clear();
    ingest_id_ = 0;
}

void CommitLog::take_back(std::size_t size) noexcept
{
    parts_.erase(parts_.begin() + static_cast<std::ptrdiff_t>(size), parts_.end());
    leave();
}

} // namespace skurd
