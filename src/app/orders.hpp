#pragma once

#include "app/context.hpp"
#include "order/order_record.hpp"
#include "serve/order_client.hpp"

#include <memory>

namespace skurd {

// How commands give orders: the daemon carries them out where one runs, else this process does. Progress is shown on
// a terminal, and an interrupt cancels the order; its end is waited for, but a second interrupt ends at once. Throws
// Error: what the order failed with, and busy when another process holds the store.

/// Of commands that write files beside the store too. Throws Error (usage) where root would carry an order out in
/// another user's state folder, whom it becomes for that (become_owner_of()), with what to do.
void require_own_folder_or_daemon(const Context& context);

OrderResult give_order(Context& context, const Order& order);
/// The same for a question to a source, which wrong job files do not stand in the way of.
OrderResult give_source_order(Context& context, const Order& order);

/// Leaves an order to the daemon and prints its number. Throws Error where no daemon runs.
ExitCode detach_order(Context& context, const Order& order);
/// --detach. `attachment` lives as long as the command.
void add_detach(CLI::App& command, Attachment& attachment);

/// The daemon's control socket, orders given in the user's name.
OrderClient order_client(const Context& context);

template <typename Kind>
typename Kind::Result carry_out(Context& context, const Kind& order)
{
    return std::get<typename Kind::Result>(give_order(context, order));
}

/// Several questions to sources, one after another: where no daemon runs, one process's connections, pace and shared
/// responses serve them all, and an interrupt cancels the one that is being asked.
class SourceOrders {
public:
    explicit SourceOrders(Context& context);
    ~SourceOrders();
    SourceOrders(const SourceOrders&) = delete;
    SourceOrders& operator=(const SourceOrders&) = delete;

    template <typename Kind>
    typename Kind::Result ask(const Kind& order)
    {
        return std::get<typename Kind::Result>(give(order));
    }

private:
    struct Own; ///< what this process asks with

    OrderResult give(const Order& order);

    Context& context_;
    std::unique_ptr<Own> own_;
};

template <typename Kind>
typename Kind::Result ask_source(Context& context, const Kind& order)
{
    return std::get<typename Kind::Result>(give_source_order(context, order));
}

} // namespace skurd
