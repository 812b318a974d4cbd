#include "app/orders.hpp"

#include "app/options.hpp"
#include "app/signals.hpp"
#include "base/folder_owner.hpp"
#include "daemon/harvester.hpp"
#include "daemon/source_desk.hpp"
#include "store/lock.hpp"
#include "store/store_files.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <type_traits>
#include <unistd.h>

namespace skurd {

namespace {

template <typename Executor>
OrderResult give(Context& context, const Order& order)
{
    const Signals signals; // first: all threads inherit what it blocks
    const ProgressLine line;
    const auto progress = [&](const std::string& text) { line(text); };
    auto daemon = order_client(context);
    if (auto result = give_to_daemon(daemon, order, progress, signals.stop()))
        return std::move(*result);
    const auto installation = context.installation();
    const OrderGiver giver{actor_or_user(""), ::getuid()}; // before root becomes the folder's owner
    become_owner_of(installation.state);
    Executor executor(installation, context.clock);
    auto result = executor.execute(order, giver, progress, signals.stop());
    if constexpr (std::is_same_v<Executor, Harvester>)
        executor.publish_changes();
    return result;
}

} // namespace

OrderClient order_client(const Context& context)
{
    require_state_folder(context.installation().state);
    return {context.installation().state / "skurd.sock", actor_or_user("")};
}

struct SourceOrders::Own {
    explicit Own(Context& context) : daemon(order_client(context)) {}

    Signals signals; ///< first: all threads inherit what it blocks
    OrderClient daemon;
    std::optional<SourceDesk> desk; ///< nothing until it turns out that no daemon runs
};

SourceOrders::SourceOrders(Context& context) : context_(context), own_(std::make_unique<Own>(context)) {}
SourceOrders::~SourceOrders() = default;

OrderResult SourceOrders::give(const Order& order)
{
    const ProgressLine line;
    const auto progress = [&](const std::string& text) { line(text); };
    if (!own_->desk)
        if (auto result = give_to_daemon(own_->daemon, order, progress, own_->signals.stop()))
            return std::move(*result);
    if (!own_->desk) {
        become_owner_of(context_.installation().state);
        own_->desk.emplace(context_.installation(), context_.clock);
    }
    return own_->desk->execute(order, {}, progress, own_->signals.stop());
}

void require_own_folder_or_daemon(const Context& context)
{
    const auto state = context.installation().state;
    if (is_root_in_foreign_folder(state) && holder_of(state).kind != StoreHolder::Kind::daemon)
        throw usage_error("{} belongs to another user, whom root would have to become, and then could not write the "
                          "files that are asked for: start the daemon (systemctl start skurd), which works there",
                          state.string());
}

OrderResult give_order(Context& context, const Order& order)
{
    return give<Harvester>(context, order);
}

OrderResult give_source_order(Context& context, const Order& order)
{
    return give<SourceDesk>(context, order);
}

ExitCode detach_order(Context& context, const Order& order)
{
    const auto id = order_client(context).submit(order, Attachment::detached);
    if (!id)
        throw error(
            "no daemon runs that an order could be left to: start `skurd serve`, or give it without --detach");
    return print_done(context, {{"order", *id}}, fmt::format("order {}; see `skurd orders`", *id));
}

void add_detach(CLI::App& command, Attachment& attachment)
{
    command.add_flag_callback(
        "--detach", [&attachment] { attachment = Attachment::detached; },
        "Leave the order to the daemon, print its number and end; it is carried out after a restart too");
}

} // namespace skurd
