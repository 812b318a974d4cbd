#include "daemon/harvester.hpp"

#include "base/error.hpp"
#include "daemon/handlers.hpp"
#include "daemon/order_queue.hpp"
#include "serve/control_server.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

namespace {

constexpr auto wait_max = std::chrono::minutes(1); // the clock may be set, or the machine sleep, while we wait
constexpr auto flags_every = std::chrono::hours(1);

} // namespace

Harvester::Harvester(const Installation& installation, Clock& clock)
    : workspace_(installation, clock), sweeps_(workspace_)
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

void Harvester::serve(std::stop_token stop)
{
    const auto& state = workspace_.installation.state;
    OrderQueue orders(state / "orders", *this, workspace_.clock);
    ControlServer server(state / "skurd.sock", orders);
    orders.start([&] { server.wake(); });
    spdlog::info("serving {} jobs; state in {}", workspace_.jobs.jobs.size(), state.string());
    while (!stop.stop_requested()) {
        std::chrono::milliseconds wait{};
        {
            const Turn turn(workspace_.turns);
            wait = sweeps_.begin(turn, wait_max);
            flag_as_time_passes(turn);
        }
        sweeps_.wait(wait, stop);
    }
    orders.stop();
    sweeps_.stop();
    spdlog::info("stopped");
}

} // namespace skurd
