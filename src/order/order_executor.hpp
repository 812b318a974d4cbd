#pragma once

#include "order/order_record.hpp"

#include <functional>
#include <stop_token>
#include <string>

namespace skurd {

using OrderProgress = std::function<void(const std::string&)>; ///< what is being done, for people; may be empty

/// What carries orders out.
class OrderExecutor {
public:
    virtual ~OrderExecutor() = default;

    /// Does what the order says, in the name of who gave it. Called from several threads at once. Throws Error for an
    /// order that makes no sense here, for what it fails with, and when the stop came first.
    virtual OrderResult execute(const Order& order, const OrderGiver& giver, const OrderProgress& progress,
                                std::stop_token stop) = 0;
};

/// Carries an order out in this process, on this thread.
template <typename Kind>
typename Kind::Result carry_out(OrderExecutor& executor, Kind order, const OrderProgress& progress = {},
                                std::stop_token stop = {})
{
    return std::get<typename Kind::Result>(
        executor.execute(std::move(order), OrderGiver{}, progress, std::move(stop)));
}

} // namespace skurd
