#include "daemon/schedule.hpp"

#include "base/fingerprint.hpp"
#include "evaluate/publications.hpp"
#include "run/job_run.hpp"
#include "store/due_store.hpp"
#include "store/run_store.hpp"

#include <algorithm>
#include <utility>

namespace skurd {

namespace {

/// From 0 up to 1. Hashed twice: ids that differ in their last letter alone lie apart too.
double place_of(const std::string& job)
{
    constexpr std::uint64_t places = 10'000;
    return static_cast<double>(fingerprint(job, fingerprint(job)) % places) / static_cast<double>(places);
}

/// A run that the program's end cut off is begun again at once, but not again and again without a gap: it may be what
/// ends the program.
DueState after_cut_off_runs(DueState state, int cut_off, Time last_started)
{
    if (cut_off < 2)
        return state;
    state.tried_at = std::max(state.tried_at.value_or(last_started), last_started);
    state.tries = std::max(state.tries, cut_off - 1);
    return state;
}

/// A folder is nobody's server, and a file may come on any day.
DueRules rules_of(const ReadyJob& job, const DueSettings& settings)
{
    return {
        DueTimes(*job.job.cron, job.zone), job.blackout, {}, takes_files(job) ? 0 : place_of(job.job.id), settings};
}

bool expects_releases(const ReadyJob& job)
{
    return job.job.quiet_polls == QuietPolls::weekly && !takes_files(job);
}

std::map<std::string, Time> last_starts(const StoreSession& store)
{
    std::map<std::string, Time> starts;
    for (const auto& source : RunStore(store).health())
        if (source.last)
            starts[source.job] = source.last->started_at;
    return starts;
}

} // namespace

Schedule::Schedule(const std::vector<ReadyJob>& jobs, const StoreSession* store, const DueSettings& settings,
                   Time now)
    : jobs_(&jobs), store_(store)
{
    const auto known = store_ ? DueStore(*store_).all() : std::map<std::string, DueState>();
    const auto started = store_ ? last_starts(*store_) : std::map<std::string, Time>();
    for (const auto& job : *jobs_) {
        if (!job.job.enabled || !job.job.cron)
            continue;
        Entry entry{rules_of(job, settings), {now, {}, 0}, {}, {}, !started.contains(job.job.id)};
        if (const auto found = known.find(job.job.id); found != known.end()) {
            entry.state = found->second;
            entry.stored = found->second;
            entry.in_store = found->second;
        } else if (!entry.never_ran) {
            entry.state.settled_until = std::min(started.at(job.job.id), now);
        }
        if (!entry.never_ran)
            entry.state =
                after_cut_off_runs(entry.state, RunStore(*store_).cut_off_in_row(job.job.id), started.at(job.job.id));
        entries_.emplace(job.job.id, std::move(entry));
    }
    expect_releases();
    see_clock(now);
}

void Schedule::expect_releases()
{
    if (!store_)
        return;
    const auto dated = dated_releases(*store_, publication_plans(*jobs_));
    for (const auto& job : *jobs_) {
        const auto found = entries_.find(job.job.id);
        if (found == entries_.end() || !expects_releases(job))
            continue;
        const auto release = dated.find(job.job.id);
        found->second.rules.expected =
            release == dated.end() ? std::nullopt
                                   : std::optional(ExpectedRelease{release->second.at, release->second.late_from});
    }
}

const Schedule::Entry* Schedule::entry(const ReadyJob& job) const
{
    const auto found = entries_.find(job.job.id);
    return found == entries_.end() ? nullptr : &found->second;
}

std::optional<DuePlan> Schedule::plan(const ReadyJob& job, Time now) const
{
    const auto* one = entry(job);
    return one ? plan_due(one->rules, one->state, now) : std::nullopt;
}

std::optional<ExpectedRelease> Schedule::expected(const ReadyJob& job) const
{
    const auto* one = entry(job);
    return one ? one->rules.expected : std::nullopt;
}

int Schedule::tries(const ReadyJob& job) const
{
    const auto* one = entry(job);
    return one ? one->state.tries : 0;
}

std::vector<const ReadyJob*> Schedule::due(Time now) const
{
    std::vector<std::pair<Time, const ReadyJob*>> found;
    for (const auto& job : *jobs_)
        if (const auto planned = plan(job, now); planned && planned->run_at <= now)
            found.emplace_back(planned->run_at, &job);
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<const ReadyJob*> jobs;
    jobs.reserve(found.size());
    for (const auto& [at, job] : found)
        jobs.push_back(job);
    return jobs;
}

std::vector<const ReadyJob*> Schedule::due_or_new(Time now) const
{
    auto found = due(now);
    for (const auto& job : *jobs_) {
        const auto planned = plan(job, now);
        if (!planned || std::find(found.begin(), found.end(), &job) != found.end())
            continue;
        const bool waits_for_place = planned->why == DuePlan::Why::due && planned->due <= now;
        if (waits_for_place || entry(job)->never_ran)
            found.push_back(&job);
    }
    return found;
}

std::optional<Time> Schedule::next(Time now) const
{
    std::optional<Time> earliest;
    for (const auto& job : *jobs_)
        if (const auto planned = plan(job, now))
            earliest = std::min(earliest.value_or(planned->run_at), planned->run_at);
    return earliest;
}

void Schedule::see_clock(Time now)
{
    for (auto& [job, entry] : entries_)
        entry.state = with_clock(entry.state, now);
}

void Schedule::ran(const ReadyJob& job, DueResult result, Time began, Time now)
{
    const auto found = entries_.find(job.job.id);
    if (found == entries_.end())
        return;
    auto& [rules, state, stored, in_store, never_ran] = found->second;
    switch (result) {
    case DueResult::met:
        never_ran = false;
        state = after_success(state, began);
        expect_releases();
        return;
    case DueResult::failed:
    case DueResult::deferred:
        never_ran = false;
        state = after_failure(rules, state, began, now);
        return;
    case DueResult::stopped:
        return;
    }
}

void Schedule::looked(const ReadyJob& job, Time at)
{
    ran(job, DueResult::met, at, at);
    const auto found = entries_.find(job.job.id);
    if (found != entries_.end() && found->second.stored && found->second.stored->tries == 0)
        found->second.stored = found->second.state;
}

void Schedule::store()
{
    const auto is_stored = [](const auto& one) { return one.second.stored == one.second.state; };
    if (!store_ || std::all_of(entries_.begin(), entries_.end(), is_stored))
        return;
    StoreSession::Transaction transaction(*store_);
    for (const auto& one : entries_)
        if (!is_stored(one))
            DueStore(*store_).store(one.first, one.second.state);
    transaction.commit();
    for (auto& [job, entry] : entries_) {
        if (entry.stored != entry.state)
            entry.in_store = entry.state;
        entry.stored = entry.state;
    }
}

void Schedule::see_store()
{
    if (!store_ || !store_->fleet())
        return;
    bool has_changed = false;
    for (const auto& [job, state] : DueStore(*store_).all()) {
        const auto found = entries_.find(job);
        if (found == entries_.end() || found->second.in_store == state)
            continue;
        found->second.state = state;
        found->second.stored = state;
        found->second.in_store = state;
        found->second.never_ran = false;
        has_changed = true;
    }
    if (has_changed)
        expect_releases();
}

bool Schedule::see_store(const ReadyJob& job)
{
    const auto* one = entry(job);
    const auto before = one ? one->in_store : std::nullopt;
    see_store();
    return one && one->in_store != before;
}

} // namespace skurd
