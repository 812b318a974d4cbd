#include "daemon/harvester.hpp"

#include "api/api_routes.hpp"
#include "base/error.hpp"
#include "base/memory.hpp"
#include "base/text.hpp"
#include "daemon/daemon_health.hpp"
#include "daemon/daemon_pages.hpp"
#include "daemon/handlers.hpp"
#include "daemon/order_queue.hpp"
#include "daemon/reloading.hpp"
#include "daemon/tcp.hpp"
#include "lib/systemd/notify.hpp"
#include "page/page_routes.hpp"
#include "serve/control_server.hpp"
#include "serve/health_routes.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr auto wait_max = std::chrono::minutes(1); // the clock may be set, or the machine sleep, while we wait
constexpr auto flags_every = std::chrono::hours(1);
constexpr auto cache_kept = std::chrono::minutes(1);

/// A watchdog hears of each turn that was had: where one run never gives it back, the daemon is begun anew.
std::chrono::milliseconds wait_at_most()
{
    const auto watched = watchdog_interval();
    return watched ? std::min<std::chrono::milliseconds>(wait_max, *watched / 3) : wait_max;
}

} // namespace

Harvester::Harvester(const Installation& installation, Clock& clock, WrongFiles wrong)
    : workspace_(installation, clock, wrong), sweeps_(workspace_), keeper_(workspace_), clock_watch_(workspace_),
      messenger_(workspace_), publisher_(workspace_)
{
}

OrderResult Harvester::execute(const Order& order, const OrderGiver& giver, const OrderProgress& progress,
                               std::stop_token stop)
{
    Turn turn(workspace_.turns, Turns::Asker::person, "", stop);
    OrderScope scope{workspace_, turn, giver, progress, std::move(stop)};
    auto result = std::visit([&](const auto& kind) -> OrderResult { return handle(kind, scope); }, order);
    sweeps_.wake(); // what is due may be something else by now
    return result;
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

/// At rest, and once a minute of a daemon that never is, or its memory would grow with the store up to the size of
/// the cache.
void Harvester::forget_cache(const Turn&)
{
    const auto now = std::chrono::steady_clock::now();
    heap_is_due_ = now - cache_forgotten_at_ >= cache_kept || workspace_.lanes.at_work().empty();
    if (!heap_is_due_)
        return;
    cache_forgotten_at_ = now;
    workspace_.store.give_back_memory();
}

void Harvester::rest()
{
    if (workspace_.lanes.at_work().empty())
        give_back_memory();
    else if (heap_is_due_)
        give_back_heap();
}

void Harvester::reload_if_wanted(const Turn&)
{
    if (reload_wanted_.exchange(false))
        skurd::reload(workspace_);
}

/// Whatever the store says, it is asked again in the next pass.
void Harvester::see_others(const Turn&)
{
    try {
        workspace_.see_others();
    } catch (const Error& failure) {
        spdlog::error("other harvesters: {}", full_message(failure));
    }
}

bool Harvester::has(Duty duty)
{
    try {
        return workspace_.fleet.has(duty);
    } catch (const Error& failure) {
        spdlog::error("other harvesters: {}", full_message(failure));
        return false;
    }
}

std::chrono::milliseconds Harvester::pass(Pulse& pulse)
{
    std::chrono::milliseconds wait{};
    {
        Turn turn(workspace_.turns);
        notify_manager("WATCHDOG=1");
        pulse.beat();
        see_others(turn);
        is_store_lost_ = workspace_.store.is_lost();
        if (is_store_lost_)
            return {};
        is_upgrade_due_ = workspace_.fleet.upgrade() && workspace_.lanes.at_work().empty();
        if (is_upgrade_due_)
            return {};
        reload_if_wanted(turn);
        const bool keeps_up = has(Duty::upkeep);
        if (keeps_up)
            keeper_.work(turn);
        clock_watch_.look(turn);
        wait = sweeps_.begin(turn, wait_at_most());
        if (keeps_up)
            flag_as_time_passes(turn);
        if (has(Duty::messages))
            messenger_.begin(turn);
        if (has(Duty::publication))
            publisher_.begin(turn);
        forget_cache(turn);
    }
    rest();
    return wait;
}

void Harvester::serve(std::stop_token stop, std::vector<FileDescriptor> passed)
{
    workspace_.tell_configuration();
    const auto state = workspace_.installation.state;
    OrderQueue orders(state / "orders", *this, workspace_.clock);
    Pulse pulse;
    DaemonHealth health(workspace_, orders, pulse);
    const DaemonPages pages(workspace_);
    StoreReader reader(pages);
    const auto routes =
        joined(joined(health_routes(health), api_routes(reader, pages)), page_routes(reader, pages, health, orders));
    auto listening = by_kind(std::move(passed));
    const auto control =
        listening.control
            ? std::make_unique<ControlServer>(std::move(*listening.control), orders, ControlServerLimits{}, routes)
            : std::make_unique<ControlServer>(state / "skurd.sock", orders, ControlServerLimits{}, routes);
    const auto tcp = serve_tcp(workspace_, orders, routes, std::move(listening.tcp));
    orders.start([&] {
        control->wake();
        if (tcp)
            tcp->wake();
    });
    notify_manager("READY=1");
    spdlog::info("serving {} jobs; state in {}", workspace_.jobs->jobs.size(), state.string());
    while (!stop.stop_requested() && !is_store_lost_ && !is_upgrade_due_)
        sweeps_.wait(pass(pulse), stop);
    notify_manager("STOPPING=1");
    messenger_.request_stop();
    health.is_stopping();
    orders.stop();
    sweeps_.stop();
    messenger_.stop();
    publisher_.stop();
    if (is_store_lost_) // the service manager begins a new process, which has the right to write again
        throw StoreError(
            "the connection to the store was lost, or others have gone on without this harvester, and with "
            "that it lost the right to write: begun anew, the daemon goes on with what is owed");
    if (is_upgrade_due_) { // the service manager begins a new process, of the new version where that is installed
        const auto& upgrade = *workspace_.fleet.upgrade();
        throw StoreError(
            fmt::format("skurd {} on {} waits to bring the store to schema version {}: this harvester, which"
                        " is older, has ended, so that it can; install that version here too",
                        upgrade.program, upgrade.host, upgrade.version));
    }
    spdlog::info("stopped");
}

} // namespace skurd
