#pragma once

#include "serve/attached_orders.hpp"
#include "serve/router.hpp"

#include <functional>
#include <vector>

namespace skurd {

/// The routes of orders, as README.md of this folder describes them; desk and attached orders outlive them. Where
/// names are not told, `given_by` has neither name nor uid. Asked at each request, from any thread.
std::vector<Route> order_routes(
    OrderDesk& desk, AttachedOrders& attached, std::function<bool()> names_are_told = [] { return true; });

} // namespace skurd
