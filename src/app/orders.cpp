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

struct SourceOrders::Own {
    explicit Own(Context& context) : desk(context.installation(), context.clock) {}

    Signals signals; ///< first: the desk's threads inherit what it blocks
    SourceDesk desk;
};

SourceOrders::SourceOrders(Context& context) : context_(context) {}
SourceOrders::~SourceOrders() = default;

OrderResult SourceOrders::give(const Order& order)
{
    const ProgressLine line;
    const auto progress = [&](const std::string& text) { line(text); };
    const auto socket = context_.installation().state / "skurd.sock";
    if (!own_)
        if (auto result = give_to_daemon(socket, order, progress))
            return std::move(*result);
    if (!own_)
        own_ = std::make_unique<Own>(context_);
    const auto id = own_->desk.submit(order);
    const std::stop_callback interrupted(own_->signals.stop(), [&] { own_->desk.cancel(id); });
    return own_->desk.follow(id, progress);
}

OrderResult give_order(Context& context, const Order& order)
{
    return give<Harvester>(context, order);
}

OrderResult give_source_order(Context& context, const Order& order)
{
    return give<SourceDesk>(context, order);
}

} // namespace skurd
