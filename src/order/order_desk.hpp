#pragma once

#include "order/orders.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace skurd {

using OrderId = std::int64_t;
using OrderProgress = std::function<void(const std::string&)>; ///< what is being done, for people; may be empty

/// Where orders are given. An order has an identity from when it is taken to when its result is.
class OrderDesk {
public:
    virtual ~OrderDesk() = default;

    /// Takes an order; it waits its turn.
    virtual OrderId submit(Order order) = 0;

    /// Waits until the order has ended, telling how it goes meanwhile, and gives its result: once, then the desk
    /// forgets it. Throws what it failed with, and Error for an id that the desk does not have.
    virtual OrderResult follow(OrderId id, const OrderProgress& progress) = 0;

    /// Asks an order to end: one that waits never begins, one that runs ends where that loses nothing; following it
    /// says so. From any thread; nothing happens for an order that has ended.
    virtual void cancel(OrderId id) noexcept = 0;
};

/// Gives an order and waits for its result.
template <typename Kind>
typename Kind::Result carry_out(OrderDesk& desk, Kind order, const OrderProgress& progress = {})
{
    return std::get<typename Kind::Result>(desk.follow(desk.submit(std::move(order)), progress));
}

} // namespace skurd
