#pragma once

#include "lib/microhttpd/http_service.hpp"
#include "serve/attached_orders.hpp"

#include <chrono>

namespace skurd {

/// What happens to one order, as lines of JSON, each of one event: {"event": number, "at": time, "state": word}, with
/// "progress": text where that is what happened. An empty line comes at least every second when nothing happens. The
/// last has "last": true and how it ended: "exit", "error", "result" as to_json(OrderResult) or null. An attached
/// order whose readers are gone before it ended is cancelled.
class OrderEvents final : public HttpStream {
public:
    OrderEvents(OrderDesk& desk, AttachedOrders& attached, OrderId id, std::int64_t from);
    ~OrderEvents() override;
    OrderEvents(const OrderEvents&) = delete;
    OrderEvents& operator=(const OrderEvents&) = delete;

    std::optional<std::string> next() override;

private:
    std::string line(const OrderEvent& event) const;
    std::string last_line(const OrderEvent& event) const;

    OrderDesk& desk_;
    AttachedOrders& attached_;
    OrderId id_;
    std::int64_t from_;
    bool is_over_ = false;
    std::chrono::steady_clock::time_point spoke_at_{};
};

/// The members, which are not none, and "result": what the order came to, as it was written, or null.
std::string with_result(Json members, const OrderDesk& desk, OrderId id);

} // namespace skurd
