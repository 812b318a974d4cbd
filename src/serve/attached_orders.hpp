#pragma once

#include "order/order_desk.hpp"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

namespace skurd {

/// Attached orders end with their clients: one whose events nobody reads, or reads any more, is cancelled. Safe to
/// use from any thread.
class AttachedOrders {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// `patience` is what a client has from when its order is taken to when it asks for the events.
    AttachedOrders(OrderDesk& desk, std::chrono::milliseconds patience) : desk_(desk), patience_(patience) {}

    void given(OrderId id, TimePoint now);
    void reader_came(OrderId id);
    void reader_left(OrderId id);
    /// Cancels the orders whose clients never came; when the next one's time is up.
    std::optional<TimePoint> pass_time(TimePoint now);

private:
    struct Attached {
        TimePoint asked_by{};
        int readers = 0;
    };

    OrderDesk& desk_;
    const std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::map<OrderId, Attached> orders_; ///< that are open, or of which the events are read
};

} // namespace skurd
