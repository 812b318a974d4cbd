#pragma once

#include "order/order_desk.hpp"

#include <map>
#include <mutex>
#include <stop_token>

namespace skurd {

/// A desk that carries out one order at a time, on the thread that follows it.
class SerialDesk : public OrderDesk {
public:
    OrderId submit(Order order) override;
    OrderResult follow(OrderId id, const OrderProgress& progress) override;
    void cancel(OrderId id) noexcept override;

protected:
    /// Does what the order says. Throws Error for one that makes no sense here, and when the stop came first.
    virtual OrderResult execute(const Order& order, const OrderProgress& progress, std::stop_token stop) = 0;

private:
    struct Submitted {
        Order order;
        std::stop_source stop;
    };
    Submitted find(OrderId id);
    void forget(OrderId id) noexcept;

    std::mutex mutex_; ///< of what follows: cancel() comes from other threads
    std::map<OrderId, Submitted> orders_;
    OrderId newest_ = 0;
};

} // namespace skurd
