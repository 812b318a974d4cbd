#pragma once

#include "lib/curl/socket_client.hpp"
#include "order/order_executor.hpp"
#include "order/order_record.hpp"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

namespace skurd {

/// The command line's end of the control socket. All functions give nothing where no daemon listens there, and throw
/// Error for what the daemon refuses, with its words and exit code, and when it goes away or does not answer. For one
/// thread.
class OrderClient {
public:
    /// Throws Error for a path that is no socket's. `actor` is who is said to give or cancel orders.
    OrderClient(std::filesystem::path socket, const std::string& actor);

    /// Gives an order; its number.
    std::optional<OrderId> submit(const Order& order, Attachment attachment);
    /// Waits until an order has ended, telling how it goes, and gives its result. A stop cancels it; its end is
    /// waited for all the same. Throws Error: what it failed with, with the exit code.
    OrderResult follow(OrderId id, const Order& order, const OrderProgress& progress, std::stop_token stop);

    std::optional<std::vector<OrderRecord>> list();
    std::optional<Json> find(OrderId id);          ///< as to_json(OrderRecord), with its "result"
    std::optional<OrderRecord> cancel(OrderId id); ///< as it then stands

private:
    /// The answer; nothing where no daemon listens.
    std::optional<Json> ask(const SocketRequest& request);

    std::filesystem::path socket_;
    std::string actor_;
    SocketClient http_;
};

/// Has the daemon carry an order out that is attached to this process; nothing where none listens.
std::optional<OrderResult> give_to_daemon(OrderClient& daemon, const Order& order, const OrderProgress& progress,
                                          std::stop_token stop);

} // namespace skurd
