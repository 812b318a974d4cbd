#include "daemon/schedule.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"

#include <algorithm>

namespace skurd {

Schedule::Schedule(const std::vector<ReadyJob>& jobs, const StoreSession& store, Time now) : jobs_(jobs)
{
    std::map<std::string, Time> last_start;
    for (const auto& source : RunStore(store).health())
        if (source.last)
            last_start[source.job] = source.last->started_at;
    for (const auto& job : jobs_) {
        if (!job.job.enabled)
            continue;
        const auto last = last_start.find(job.job.id);
        if (last == last_start.end() && job.job.cron)
            new_.insert(job.job.id);
        if (const auto due = job.next_due(last == last_start.end() ? now : last->second))
            due_[job.job.id] = *due;
    }
}

std::vector<const ReadyJob*> Schedule::due(Time now) const
{
    std::vector<const ReadyJob*> found;
    for (const auto& job : jobs_)
        if (const auto at = due_.find(job.job.id); at != due_.end() && at->second <= now)
            found.push_back(&job);
    std::stable_sort(found.begin(), found.end(),
                     [&](const auto* a, const auto* b) { return due_.at(a->job.id) < due_.at(b->job.id); });
    return found;
}

std::vector<const ReadyJob*> Schedule::due_or_new(Time now) const
{
    auto found = due(now);
    for (const auto& job : jobs_)
        if (new_.contains(job.job.id) && std::find(found.begin(), found.end(), &job) == found.end())
            found.push_back(&job);
    return found;
}

std::optional<Time> Schedule::next() const
{
    std::optional<Time> earliest;
    for (const auto& [job, due] : due_)
        earliest = std::min(earliest.value_or(due), due);
    return earliest;
}

void Schedule::ran(const ReadyJob& job, Time now)
{
    due_.erase(job.job.id);
    new_.erase(job.job.id);
    if (const auto next = job.job.enabled ? job.next_due(now) : std::nullopt)
        due_[job.job.id] = *next;
}

} // namespace skurd
