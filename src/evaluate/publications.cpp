#include "evaluate/publications.hpp"

#include "evaluate/reconcile_flags.hpp"
#include "model/flag.hpp"
#include "model/vintage.hpp"
#include "store/flag_store.hpp"
#include "store/job_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace skurd {

namespace {

/// The vintages of the store, to be asked for job by job.
class Releases {
public:
    explicit Releases(const StoreSession& store)
    {
        for (auto& vintage : VintageStore(store).list())
            by_dataset_[vintage.dataset].push_back(std::move(vintage));
    }

    /// The dataset a job's state says it ingests; "" before its first vintage.
    std::string dataset_of(const JobState& state) const
    {
        for (const auto& [dataset, vintages] : by_dataset_)
            if (std::any_of(vintages.begin(), vintages.end(),
                            [&](const Vintage& one) { return one.id == state.newest_vintage; }))
                return dataset;
        return "";
    }

    /// When releases of the dataset came, as the vintages and the state know it.
    std::vector<Time> times(const std::string& dataset, const JobState& state) const
    {
        std::vector<Time> times;
        if (const auto found = by_dataset_.find(dataset); found != by_dataset_.end())
            for (const auto& vintage : found->second)
                if (vintage.origin != Origin::replay)
                    times.push_back(vintage.published.published_at);
        if (state.published_at)
            times.push_back(*state.published_at);
        return times;
    }

    bool ingested_newest(const std::string& dataset, const JobState& state) const
    {
        const auto found = by_dataset_.find(dataset);
        return found != by_dataset_.end() && found->second.back().id == state.newest_vintage;
    }

private:
    std::map<std::string, std::vector<Vintage>> by_dataset_; ///< by publication time
};

std::optional<FlagCause> cause_of(const StoreSession& store, const Releases& releases, const PublicationPlan& plan,
                                  Time now)
{
    const auto state = JobStore(store).state(plan.job);
    const auto dataset = releases.dataset_of(state);
    const auto times = releases.times(dataset, state);
    auto calendar = plan.calendar;
    calendar.announced = state.announced_at;
    calendar.may_learn = releases.ingested_newest(dataset, state);
    const auto expected = expectation_of(calendar, times);
    if (!expected)
        return std::nullopt;
    const auto newest = std::max_element(times.begin(), times.end());
    return overdue_cause(plan.job, dataset, calendar, *expected,
                         newest == times.end() ? std::nullopt : std::optional(*newest), now);
}

} // namespace

void note_publication(JobState& state, const PublicationClaim& claim, std::optional<Time> announced)
{
    if (claim.confidence != Confidence::arrival && (!state.published_at || *state.published_at < claim.published_at))
        state.published_at = claim.published_at;
    state.announced_at = announced;
}

std::map<std::string, Expectation> dated_releases(const StoreSession& store,
                                                  const std::vector<PublicationPlan>& plans)
{
    std::map<std::string, Expectation> dated;
    std::optional<Releases> releases; // all vintages there are: read where one is asked for
    for (const auto& plan : plans) {
        const auto state = JobStore(store).state(plan.job);
        if (!plan.calendar.next && !state.announced_at)
            continue;
        if (!releases)
            releases.emplace(store);
        auto calendar = plan.calendar;
        calendar.announced = state.announced_at;
        const auto expected = expectation_of(calendar, releases->times(releases->dataset_of(state), state));
        if (expected &&
            (expected->basis == Expectation::Basis::job_date || expected->basis == Expectation::Basis::source_date))
            dated.emplace(plan.job, *expected);
    }
    return dated;
}

void flag_overdue(StoreSession& store, const std::vector<PublicationPlan>& plans, Time now)
{
    std::set<std::string> at_an_end; ///< jobs whose table is
    for (const auto& flag : FlagStore(store).list(Ended::left_out))
        if (flag.kind == FlagKind::frozen || flag.kind == FlagKind::replaced)
            at_an_end.insert(flag.job);
    const Releases releases(store);
    std::vector<FlagCause> found;
    for (const auto& plan : plans)
        if (!at_an_end.contains(plan.job))
            if (auto cause = cause_of(store, releases, plan, now))
                found.push_back(std::move(*cause));
    const auto is_overdue = [](const Flag& flag) { return flag.kind == FlagKind::overdue; };
    reconcile_flags(store, found, is_overdue, now);
}

} // namespace skurd
