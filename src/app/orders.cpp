#include "app/orders.hpp"

#include "app/signals.hpp"
#include "daemon/harvester.hpp"
#include "daemon/source_desk.hpp"
#include "serve/order_socket.hpp"

namespace skurd {

namespace {

template <typename Desk>
OrderResult give(Context& context, const Order& order)
{
    const auto installation = context.installation();
    const ProgressLine line;
    const auto progress = [&](const std::string& text) { line(text); };
    if (auto result = give_to_daemon(installation.state / "skurd.sock", order, progress))
        return std::move(*result);
    const Signals signals;
    Desk desk(installation, context.clock);
    const auto id = desk.submit(order);
    const std::stop_callback interrupted(signals.stop(), [&] { desk.cancel(id); });
    return desk.follow(id, progress);
}

} // namespace

OrderResult give_order(Context& context, const Order& order)
{
    return give<Harvester>(context, order);
}

OrderResult give_source_order(Context& context, const Order& order)
{
    return give<SourceDesk>(context, order);
}

} // namespace skurd
