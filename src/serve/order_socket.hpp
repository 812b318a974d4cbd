#pragma once

#include "order/order_desk.hpp"

#include <filesystem>
#include <optional>
#include <stop_token>

namespace skurd {

/// Has a desk carry out the order of a request on the control socket, and gives the answer; a stop cancels it.
/// Throws Error for what is no order, and what the order fails with.
Json answer_order(OrderDesk& desk, OrderMessage request, const OrderProgress& progress, std::stop_token stop);

/// Has the daemon that listens on that socket carry the order out; nothing where none does. Throws Error: what the
/// order failed with there, with the exit code, and when the daemon goes away before it has answered.
std::optional<OrderResult> give_to_daemon(const std::filesystem::path& socket, const Order& order,
                                          const OrderProgress& progress);

} // namespace skurd
