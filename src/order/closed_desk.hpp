#pragma once

#include "order/order_desk.hpp"

namespace skurd {

/// A desk that takes no orders and has had none: of a file that is served for reading.
class ClosedDesk final : public OrderDesk {
public:
    OrderId submit(const Order&, const OrderGiver&, Attachment) override
    {
        throw DeskClosedError("this is a file that is served for reading: no orders are taken");
    }
    std::vector<OrderRecord> list() const override { return {}; }
    std::optional<OrderRecord> find(OrderId) const override { return std::nullopt; }
    std::optional<std::string> result(OrderId) const override { return std::nullopt; }
    std::vector<OrderEvent> events(OrderId, std::int64_t, std::chrono::milliseconds) const override { return {}; }
    void cancel(OrderId, const std::string&) override {}
};

} // namespace skurd
