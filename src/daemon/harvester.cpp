#include "daemon/harvester.hpp"

#include "base/error.hpp"
#include "base/file_descriptor.hpp"
#include "daemon/handlers.hpp"
#include "daemon/order_queue.hpp"
#include "serve/control_server.hpp"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>

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

/// The right to the workspace; nobody has it where a stop was requested first.
class Harvester::Turn {
public:
    Turn(Harvester& harvester, const std::stop_token& stop, const OrderProgress& progress = {})
        : harvester_(harvester)
    {
        std::unique_lock lock(harvester_.mutex_);
        if (harvester_.is_taken_ && progress)
            progress("waiting for what runs now");
        has_it_ = harvester_.turn_ended_.wait(lock, stop, [&] { return !harvester_.is_taken_; });
        if (has_it_)
            harvester_.is_taken_ = true;
    }
    ~Turn()
    {
        if (!has_it_)
            return;
        const std::lock_guard lock(harvester_.mutex_);
        harvester_.is_taken_ = false;
        harvester_.turn_ended_.notify_all();
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

    explicit operator bool() const { return has_it_; }

private:
    Harvester& harvester_;
    bool has_it_ = false;
};

OrderResult Harvester::execute(const Order& order, const OrderProgress& progress, std::stop_token stop)
{
    const Turn turn(*this, stop, progress);
    if (!turn)
        throw error("stopped before its turn");
    flagged_at_.reset();
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

void Harvester::run_due(std::stop_token stop)
{
    workspace_.schedule.see_clock(workspace_.clock.now());
    if (const auto due = workspace_.schedule.due(workspace_.clock.now()); !due.empty()) {
        run_scheduled(*due.front(), std::move(stop));
        flagged_at_.reset();
    }
    if (until_next_run().count() > 0) // else there is another run to make, and flags are reconciled after the last
        flag_as_time_passes();
}

void Harvester::serve(std::stop_token stop, int wake_descriptor)
{
    const auto& state = workspace_.installation.state;
    const FileDescriptor changed(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    OrderQueue orders(state / "orders", *this, workspace_.clock);
    ControlServer server(state / "skurd.sock", orders);
    orders.start([&] {
        server.wake();
        ::eventfd_write(changed.get(), 1);
    });
    spdlog::info("serving {} jobs; state in {}", workspace_.jobs.jobs.size(), state.string());
    while (!stop.stop_requested()) {
        std::chrono::milliseconds wait{0};
        if (const Turn turn(*this, stop); turn) {
            run_due(stop);
            wait = until_next_run();
        }
        pollfd wanted[] = {{wake_descriptor, POLLIN, 0}, {changed.get(), POLLIN, 0}};
        ::poll(wanted, 2, static_cast<int>(wait.count()));
        eventfd_t ignored = 0;
        ::eventfd_read(changed.get(), &ignored);
    }
    orders.stop();
    spdlog::info("stopped");
}

} // namespace skurd
