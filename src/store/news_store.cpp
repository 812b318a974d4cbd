// What changed between a commit and now. Rows carry the ingest_id of the transaction that wrote them, and commit_log
// says which of these were committed after a number. Of a flag it counts what it was before the first event since,
// and what it is now: raised and closed in between is no news. Of verdicts only those on the newest period of an
// indicator are told: a first harvest judges every year there is.
#include "store/news_store.hpp"

#include "store/columns.hpp"
#include "store/flag_store.hpp"
#include "store/verdict_store.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

/// The verdicts of indicators on a period against the one before, each indicator's read once.
class VerdictsOnPeriods {
public:
    explicit VerdictsOnPeriods(const StoreSession& session) : store_(session) {}

    /// Nothing where there is none.
    const Verdict* on(int indicator, std::string_view period)
    {
        const auto& all = of(indicator);
        const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Verdict& verdict) {
            return verdict.comparison == Comparison::previous && verdict.to.text() == period;
        });
        return found == all.rend() ? nullptr : &*found;
    }
    /// On the newest of its periods; nothing where it was never judged.
    const Verdict* newest(int indicator)
    {
        const Verdict* found = nullptr;
        for (const auto& verdict : of(indicator))
            if (verdict.comparison == Comparison::previous && (!found || found->to <= verdict.to))
                found = &verdict;
        return found;
    }

private:
    const std::vector<Verdict>& of(int indicator)
    {
        const auto known = verdicts_.find(indicator);
        return known != verdicts_.end() ? known->second
                                        : verdicts_.emplace(indicator, store_.newest(indicator)).first->second;
    }

    VerdictStore store_;
    std::map<int, std::vector<Verdict>> verdicts_;
};

std::optional<FlagTurn> turn_of(const std::optional<FlagState>& before, const Flag& flag)
{
    const bool was_there = before && *before != FlagState::closed;
    switch (flag.state) {
    case FlagState::open:
        return before == FlagState::open ? FlagTurn::changed : FlagTurn::opened;
    case FlagState::closed:
        return was_there ? std::optional(FlagTurn::closed) : std::nullopt;
    case FlagState::acknowledged: // by a person, or as it was by an edited rule
        break;
    }
    return std::nullopt;
}

} // namespace

std::optional<NewsSpan> NewsStore::span(std::int64_t seq) const
{
    Statement row(session_.database(), "SELECT max(seq), min(at), max(at) FROM commit_log WHERE seq > $1 AND kind IN"
                                       " ('flag', 'verdict', 'vintage')");
    row.bind(seq);
    row.step();
    if (row.is_null(0))
        return std::nullopt;
    return NewsSpan{row.integer(0), time_from(row.view(1)), time_from(row.view(2))};
}

News NewsStore::since(std::int64_t seq) const
{
    const Database::Transaction one_view(session_.database(), Database::Purpose::read);
    return {flags(seq), verdicts(seq), datasets(seq)};
}

std::vector<FlagNews> NewsStore::flags(std::int64_t seq) const
{
    Statement first(session_.database(), R"(
        SELECT e.flag_id, min(e.id) FROM flag_event AS e
        WHERE e.ingest_id IN (SELECT c.ingest_id FROM commit_log AS c WHERE c.seq > $1 AND c.kind = 'flag')
        GROUP BY e.flag_id ORDER BY e.flag_id)");
    Statement before(session_.database(),
                     "SELECT state FROM flag_event WHERE flag_id = $1 AND id < $2 ORDER BY id DESC LIMIT 1");
    VerdictsOnPeriods verdicts(session_);
    std::vector<FlagNews> found;
    first.bind(seq);
    while (first.step()) {
        before.bind(first.integer(0), first.integer(1));
        const auto state = before.step() ? std::optional(enum_from<FlagState>(before.view(0))) : std::nullopt;
        auto flag = FlagStore(session_).find(first.integer(0)).value();
        const auto turn = turn_of(state, flag);
        if (!turn || !flag.origin.empty())
            continue;
        FlagNews news{std::move(flag), *turn};
        const auto* verdict = news.flag.indicator == 0 ? nullptr : verdicts.on(news.flag.indicator, news.flag.period);
        if (verdict)
            news.verdict = *verdict;
        found.push_back(std::move(news));
    }
    return found;
}

std::vector<Verdict> NewsStore::verdicts(std::int64_t seq) const
{
    Statement row(session_.database(), R"(
        SELECT DISTINCT indicator, to_period FROM verdict WHERE comparison = 'previous'
            AND ingest_id IN (SELECT c.ingest_id FROM commit_log AS c WHERE c.seq > $1 AND c.kind = 'verdict')
        ORDER BY indicator)");
    row.bind(seq);
    VerdictsOnPeriods verdicts(session_);
    std::vector<Verdict> found;
    while (row.step()) {
        const auto* newest = verdicts.newest(static_cast<int>(row.integer(0)));
        if (newest && newest->to.text() == row.view(1))
            found.push_back(*newest);
    }
    return found;
}

std::vector<DatasetNews> NewsStore::datasets(std::int64_t seq) const
{
    Statement row(session_.database(), R"(
        SELECT d.name, d.label, count(*), sum(v.rows), sum(v.revised), sum(v.withdrawn)
        FROM vintage AS v JOIN dataset AS d ON d.id = v.dataset_id
        WHERE v.ingest_id IN (SELECT c.ingest_id FROM commit_log AS c WHERE c.seq > $1 AND c.kind = 'vintage')
        GROUP BY d.name, d.label ORDER BY d.name)");
    row.bind(seq);
    std::vector<DatasetNews> found;
    while (row.step())
        found.push_back({row.text(0), row.text(1), static_cast<std::size_t>(row.integer(2)), row.integer(3),
                         row.integer(4), row.integer(5)});
    return found;
}

} // namespace skurd
