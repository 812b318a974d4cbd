#pragma once

#include "serve/attached_orders.hpp"
#include "serve/router.hpp"

#include <vector>

namespace skurd {

/// The routes of orders, as README.md of this folder describes them; desk and attached orders outlive them.
std::vector<Route> order_routes(OrderDesk& desk, AttachedOrders& attached);

} // namespace skurd
