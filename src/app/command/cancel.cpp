// The command cancel: ends an order.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"
#include "base/folder_owner.hpp"
#include "daemon/order_spool.hpp"
#include "store/lock.hpp"

#include <fmt/format.h>

#include <unistd.h>

namespace skurd {

namespace {

/// Throws Error for one that is not there, or has ended.
OrderRecord open_order(const OrderSpool& spool, OrderId id, Time now)
{
    for (const auto& spooled : spool.list()) {
        auto record = after_the_daemon(spooled, now);
        if (record.id != id)
            continue;
        if (has_ended(record.state))
            throw error("order {} has ended already ({})", id, to_string(record.state));
        return record;
    }
    throw usage_error("there is no order {} (see `skurd orders`)", id);
}

/// Without a daemon, an order that waits for the next one. The folder's lock keeps that one from starting meanwhile;
/// one that started and ended before it was had may have carried the order out.
OrderRecord cancel_in_spool(Context& context, OrderId id)
{
    const auto state = context.installation().state;
    const auto now = context.clock.now();
    const auto user = ::getuid(); // before root becomes the folder's owner
    become_owner_of(state);
    const OrderSpool spool(state / "orders");
    open_order(spool, id, now);
    const FolderLock lock(state);
    auto record = open_order(spool, id, now);
    record.state = OrderState::cancelled;
    record.exit = ExitCode::failed;
    record.ended_at = now;
    record.error = fmt::format("cancelled by {}", to_text({actor_or_user(""), user}));
    spool.end(record, "");
    return record;
}

ExitCode cancel(Context& context, OrderId id)
{
    auto told = order_client(context).cancel(id);
    const auto record = told ? std::move(*told) : cancel_in_spool(context, id);
    return print_done(context, to_json(record),
                      has_ended(record.state)
                          ? fmt::format("order {} is {}", id, to_string(record.state))
                          : fmt::format("order {} is told to end; see `skurd orders {}`", id, id));
}

} // namespace

void add_cancel(CLI::App& command, Context& context)
{
    auto id = std::make_shared<OrderId>(0); // lives as long as the callback
    command.add_option("ID", *id, "Its number in `skurd orders`")->required()->check(CLI::PositiveNumber);
    command.callback([&context, id] { context.action = [&context, id] { return cancel(context, *id); }; });
}

} // namespace skurd
