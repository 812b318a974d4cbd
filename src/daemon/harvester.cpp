#include "daemon/harvester.hpp"

#include "base/error.hpp"
#include "daemon/handlers.hpp"
#include "run/configuration_hash.hpp"
#include "serve/control_socket.hpp"
#include "serve/order_socket.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr auto wait_max = std::chrono::minutes(1); // the clock may be set, or the machine sleep, while we wait
constexpr auto flags_every = std::chrono::hours(1);

void log(const Run& run)
{
    const auto level = run.outcome == RunOutcome::failed    ? spdlog::level::err
                       : run.outcome == RunOutcome::no_file ? spdlog::level::debug
                                                            : spdlog::level::info;
    spdlog::log(level, "{}: {}: {}", run.job, to_string(run.outcome), run.message);
}

} // namespace

Harvester::Harvester(const Installation& installation, Clock& clock) : workspace_(installation, clock) {}

OrderResult Harvester::execute(const Order& order, const OrderProgress& progress, std::stop_token stop)
{
    workspace_.sources.forget_answers();
    OrderScope scope{workspace_, progress, std::move(stop)};
    return std::visit([&](const auto& kind) -> OrderResult { return handle(kind, scope); }, order);
}

/// The edge of a job run in the daemon: whatever one job meets (a full disk, a store somebody else has locked), the
/// daemon lives on, and the job is tried again as after any failure.
void Harvester::run_scheduled(const ReadyJob& job, std::stop_token stop)
{
    const auto began = workspace_.clock.now();
    try {
        RunOptions options;
        options.ordered_by = OrderedBy::schedule;
        for (const auto& done : workspace_.run(job, options, {}, stop))
            log(done);
    } catch (const std::exception& failure) {
        spdlog::error("{}: {}", job.job.id, full_message(failure));
        workspace_.not_run(job, began);
    }
}

/// The edge of the same kind.
void Harvester::flag_in_daemon()
{
    try {
        workspace_.follow_up.reconcile_timely_flags();
    } catch (const std::exception& failure) {
        spdlog::error("flags: {}", full_message(failure));
    }
}

/// After a run or an order, and once an hour by whichever clock.
void Harvester::flag_as_time_passes()
{
    const auto now = workspace_.clock.now();
    if (flagged_at_ && *flagged_at_ <= now && now - *flagged_at_ < flags_every)
        return;
    flag_in_daemon();
    flagged_at_ = now;
}

std::chrono::milliseconds Harvester::until_next_run() const
{
    const auto now = workspace_.clock.now();
    const auto next = workspace_.schedule.next(now);
    if (!next)
        return wait_max;
    return std::clamp<std::chrono::milliseconds>(*next - now, std::chrono::milliseconds(0), wait_max);
}

void Harvester::serve(std::stop_token stop, int wake_descriptor)
{
    workspace_.store.tell_daemon(configuration_hash(workspace_.installation, workspace_.jobs, workspace_.catalogue));
    ControlServer server(workspace_.installation.state / "skurd.sock");
    spdlog::info("serving {} jobs; state in {}", workspace_.jobs.jobs.size(), workspace_.installation.state.string());
    while (!stop.stop_requested()) {
        workspace_.schedule.see_clock(workspace_.clock.now());
        if (const auto due = workspace_.schedule.due(workspace_.clock.now()); !due.empty()) {
            run_scheduled(*due.front(), stop);
            flagged_at_.reset();
        }
        const auto wait = until_next_run();
        if (wait.count() > 0) // else there is another run to make, and flags are reconciled after the last
            flag_as_time_passes();
        server.serve_one(wait, wake_descriptor, [&](OrderMessage request, const OrderProgress& progress) {
            flagged_at_.reset();
            return answer_order(*this, std::move(request), progress, stop);
        });
    }
    spdlog::info("stopped");
}

} // namespace skurd
