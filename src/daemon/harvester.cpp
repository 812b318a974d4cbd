#include "daemon/harvester.hpp"

#include "base/error.hpp"
#include "base/memory.hpp"
#include "base/text.hpp"
#include "daemon/handlers.hpp"
#include "daemon/order_queue.hpp"
#include "lib/systemd/notify.hpp"
#include "run/configuration_hash.hpp"
#include "serve/control_server.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr auto wait_max = std::chrono::minutes(1); // the clock may be set, or the machine sleep, while we wait
constexpr auto flags_every = std::chrono::hours(1);

/// A watchdog hears of each turn that was had: where one run never gives it back, the daemon is begun anew.
std::chrono::milliseconds wait_at_most()
{
    const auto watched = watchdog_interval();
    return watched ? std::min<std::chrono::milliseconds>(wait_max, *watched / 3) : wait_max;
}

} // namespace

Harvester::Harvester(const Installation& installation, Clock& clock, WrongFiles wrong)
    : workspace_(installation, clock, wrong), sweeps_(workspace_), keeper_(workspace_)
{
}

OrderResult Harvester::execute(const Order& order, const OrderProgress& progress, std::stop_token stop)
{
    Turn turn(workspace_.turns, Turns::Asker::person, "", stop);
    OrderScope scope{workspace_, turn, progress, std::move(stop)};
    return std::visit([&](const auto& kind) -> OrderResult { return handle(kind, scope); }, order);
}

/// Once an hour by whichever clock: whatever it meets, the daemon lives on.
void Harvester::flag_as_time_passes(const Turn&)
{
    const auto now = workspace_.clock.now();
    if (flagged_at_ && *flagged_at_ <= now && now - *flagged_at_ < flags_every)
        return;
    flagged_at_ = now;
    try {
        workspace_.follow_up.reconcile_timely_flags();
    } catch (const std::exception& failure) {
        spdlog::error("flags: {}", full_message(failure));
    }
}

void Harvester::reload()
{
    reload_wanted_ = true;
    sweeps_.wake();
}

void Harvester::tell_work() const
{
    const auto all = workspace_.lanes.at_work();
    spdlog::info("at work: {}", all.empty() ? "nothing" : join(all, ", "));
}

void Harvester::rest(const Turn&)
{
    if (workspace_.lanes.at_work().empty())
        give_back_memory();
}

/// For `skurd status`, which holds it against what is on disk.
void Harvester::tell_configuration()
{
    workspace_.store.tell_daemon(configuration_hash(workspace_.installation, *workspace_.jobs, workspace_.catalogue));
}

void Harvester::reload_if_wanted(const Turn&)
{
    if (!reload_wanted_.exchange(false))
        return;
    notify_reloading();
    try {
        const auto mistakes = workspace_.reload();
        for (const auto& mistake : mistakes)
            spdlog::error("not read anew: {}", mistake);
        if (mistakes.empty()) {
            tell_configuration();
            spdlog::info("configuration, jobs and catalogue read anew: {} jobs", workspace_.jobs->jobs.size());
        }
    } catch (const std::exception& failure) { // the daemon lives on
        spdlog::error("not read anew: {}", full_message(failure));
    }
    notify_manager("READY=1");
}

void Harvester::serve(std::stop_token stop)
{
    tell_configuration();
    const auto state = workspace_.installation.state;
    OrderQueue orders(state / "orders", *this, workspace_.clock);
    ControlServer server(state / "skurd.sock", orders);
    orders.start([&] { server.wake(); });
    notify_manager("READY=1");
    spdlog::info("serving {} jobs; state in {}", workspace_.jobs->jobs.size(), state.string());
    while (!stop.stop_requested()) {
        std::chrono::milliseconds wait{};
        {
            Turn turn(workspace_.turns);
            notify_manager("WATCHDOG=1");
            reload_if_wanted(turn);
            keeper_.work(turn);
            wait = sweeps_.begin(turn, wait_at_most());
            flag_as_time_passes(turn);
            rest(turn);
        }
        sweeps_.wait(wait, stop);
    }
    notify_manager("STOPPING=1");
    orders.stop();
    sweeps_.stop();
    spdlog::info("stopped");
}

} // namespace skurd
