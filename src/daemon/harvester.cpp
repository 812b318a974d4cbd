#include "daemon/harvester.hpp"

#include "base/error.hpp"
#include "daemon/handlers.hpp"
#include "serve/control_socket.hpp"
#include "serve/order_socket.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr auto wait_max = std::chrono::hours(1); // the clock may be set while we wait

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
/// daemon lives on, and the job has its turn again when it is next due.
void Harvester::run_scheduled(const ReadyJob& job, std::stop_token stop)
{
    try {
        RunOptions options;
        options.ordered_by = OrderedBy::schedule;
        for (const auto& done : workspace_.run(job, options, {}, stop))
            log(done);
    } catch (const std::exception& failure) {
        spdlog::error("{}: {}", job.job.id, full_message(failure));
        workspace_.schedule.ran(job, workspace_.clock.now());
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

std::chrono::milliseconds Harvester::until_next_due() const
{
    const auto next = workspace_.schedule.next();
    if (!next)
        return wait_max;
    return std::clamp<std::chrono::milliseconds>(*next - workspace_.clock.now(), std::chrono::milliseconds(0),
                                                 wait_max);
}

void Harvester::serve(std::stop_token stop, int wake_descriptor)
{
    ControlServer server(workspace_.installation.state / "skurd.sock");
    spdlog::info("serving {} jobs; state in {}", workspace_.jobs.jobs.size(), workspace_.installation.state.string());
    while (!stop.stop_requested()) {
        for (const auto* job : workspace_.schedule.due(workspace_.clock.now()))
            run_scheduled(*job, stop);
        flag_in_daemon();
        server.serve_one(until_next_due(), wake_descriptor, [&](OrderMessage request, const OrderProgress& progress) {
            return answer_order(*this, std::move(request), progress, stop);
        });
    }
    spdlog::info("stopped");
}

} // namespace skurd
