#include "daemon/sweeps.hpp"

#include "base/error.hpp"
#include "base/log_scope.hpp"
#include "daemon/run_log.hpp"
#include "daemon/side_by_side.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace skurd {

std::chrono::milliseconds Sweeps::begin(const Turn&, std::chrono::milliseconds most)
{
    const auto now = workspace_.clock.now();
    workspace_.schedule.see_clock(now);
    const std::scoped_lock lock(mutex_);
    join_ended();
    if (workspace_.harvests_deferred || !workspace_.fleet.agrees()) // what is due stays owed
        return most;
    std::optional<Time> next;
    for (const auto& job : workspace_.jobs->jobs) {
        const auto planned = workspace_.schedule.plan(job, now);
        if (!planned || must_wait(job))
            continue;
        const auto lane = lane_of(job);
        if (sweeps_.contains(lane)) // its end is waited for, and this asked again then
            continue;
        if (planned->run_at > now)
            next = std::min(next.value_or(planned->run_at), planned->run_at);
        else if (sweeps_.size() < lanes_at_once_max)
            sweeps_[lane].thread = std::jthread([this, lane](const std::stop_token& stop) { sweep(lane, stop); });
    }
    return next ? std::min<std::chrono::milliseconds>(*next - now, most) : most;
}

bool Sweeps::must_wait(const ReadyJob& job) const
{
    return (workspace_.files_deferred && takes_files(job)) || workspace_.fleet.is_at(job.job.id);
}

void Sweeps::join_ended()
{
    std::erase_if(sweeps_, [](const auto& one) { return one.second.has_ended; });
}

void Sweeps::wait(std::chrono::milliseconds duration, const std::stop_token& stop)
{
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, duration, [&] { return is_woken_; });
    is_woken_ = false; // here alone: what woke it while it was at a pass is seen to in the next
}

void Sweeps::wake()
{
    const std::scoped_lock lock(mutex_);
    is_woken_ = true;
    changed_.notify_all();
}

std::size_t Sweeps::lanes() const
{
    const std::scoped_lock lock(mutex_);
    return sweeps_.size();
}

void Sweeps::stop()
{
    std::unique_lock lock(mutex_);
    for (auto& [lane, sweep] : sweeps_)
        sweep.thread.request_stop();
    changed_.wait(lock, [&] {
        return std::all_of(sweeps_.begin(), sweeps_.end(), [](const auto& one) { return one.second.has_ended; });
    });
    join_ended();
}

/// The thread of one lane.
void Sweeps::sweep(const std::string& lane, const std::stop_token& stop)
{
    try {
        while (run_next(lane, stop)) {
        }
    } catch (const Stopped&) {                // what it waited for is owed still
    } catch (const std::exception& failure) { // the edge of a thread
        spdlog::error("{}: {}", lane, full_message(failure));
    }
    const std::scoped_lock lock(mutex_);
    sweeps_.at(lane).has_ended = true;
    is_woken_ = true;
    changed_.notify_all();
}

/// Runs the job of the lane that has been due the longest; false where none is due.
bool Sweeps::run_next(const std::string& lane, const std::stop_token& stop)
{
    Turn lane_turn(workspace_.lanes.lane(lane), Turns::Asker::work, "", stop);
    const auto job = next_due(lane);
    if (!job)
        return false;
    lane_turn.say("job " + job->job.id);
    run(*job, lane, stop);
    return !stop.stop_requested();
}

std::shared_ptr<const ReadyJob> Sweeps::next_due(const std::string& lane)
{
    if (workspace_.harvests_deferred)
        return nullptr;
    const Turn turn(workspace_.turns);
    workspace_.see_others();
    if (!workspace_.fleet.may_begin() || workspace_.store.is_lost()) // the loop sees to it
        return nullptr;
    const auto due = workspace_.schedule.due(workspace_.clock.now());
    const auto found = std::find_if(due.begin(), due.end(),
                                    [&](const auto* job) { return lane_of(*job) == lane && !must_wait(*job); });
    return found == due.end() ? nullptr : std::shared_ptr<const ReadyJob>(workspace_.jobs, *found);
}

/// The edge of a job run in the daemon: whatever one job meets (a full disk, a store somebody else has locked), the
/// daemon lives on, and the job is tried again as after any failure.
void Sweeps::run(const ReadyJob& job, const std::string& lane, const std::stop_token& stop)
{
    const auto began = workspace_.clock.now();
    const LogScope about({{"job", job.job.id}, {"trigger", "schedule"}});
    try {
        RunOptions options;
        options.ordered_by = OrderedBy::schedule;
        for (const auto& done : workspace_.run_in_lane(job, options, {}, stop))
            log_run(outages_.news_of(lane, done, workspace_.clock.now()), done);
    } catch (const Stopped&) {
        throw;
    } catch (const std::exception& failure) {
        spdlog::error("{}: {}", job.job.id, full_message(failure));
        const Turn turn(workspace_.turns);
        workspace_.not_run(job, began);
    }
}

} // namespace skurd
