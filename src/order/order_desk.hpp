#pragma once

#include "order/order_record.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// The desk takes no order now: it has too many, or is stopping. The same order may be taken later.
class DeskClosedError : public Error {
public:
    using Error::Error;
};

/// Something that happened to an order; they are numbered from 1 without gaps.
struct OrderEvent {
    enum class Kind {
        state,    ///< it is queued or runs
        progress, ///< what it does
        last,     ///< nothing more happens to it here: it has ended, or the daemon ends and it waits for the next one
    };

    std::int64_t number = 0;
    Time at{};
    Kind kind = Kind::state;
    OrderState state = OrderState::queued;
    std::string text; ///< of progress and of the last one: one line, may be empty
};

/// Where orders are given. Each has an identity from when it is taken, and is told of until long after it has ended.
/// All functions are safe to call from any thread; none waits for an order, but for events() where it is told to.
class OrderDesk {
public:
    static constexpr std::size_t events_max = 100; ///< that an order is remembered by; the older ones are forgotten

    virtual ~OrderDesk() = default;

    /// Takes an order. When this returns the order is on disk, and waits its turn; one that is detached is carried
    /// out whatever happens to this process. Throws Error: DeskClosedError, StoreError when it cannot be written.
    virtual OrderId submit(const Order& order, const OrderGiver& giver, Attachment attachment) = 0;

    virtual std::vector<OrderRecord> list() const = 0; ///< the open ones and those that ended lately, newest first
    virtual std::optional<OrderRecord> find(OrderId id) const = 0; ///< nothing where there is none (any more)

    /// What an order came to, as the text of to_json(OrderResult): it is written once, when the order ends, and
    /// passed on as it is. Nothing where it has no result. Throws Error when it cannot be read.
    virtual std::optional<std::string> result(OrderId id) const = 0;

    /// What has happened to an order from that number on, as far as it is remembered; where that is nothing, waits
    /// for it as long as `wait`. Empty for an order that there is not.
    virtual std::vector<OrderEvent> events(OrderId id, std::int64_t from, std::chrono::milliseconds wait) const = 0;

    /// Asks an order to end: one that waits never begins, one that runs ends where that loses nothing. `why` becomes
    /// its error. Nothing happens for one that has ended or that there is not.
    virtual void cancel(OrderId id, const std::string& why) = 0;
};

} // namespace skurd
