#include "order/serial_desk.hpp"

#include "base/error.hpp"

namespace skurd {

OrderId SerialDesk::submit(Order order)
{
    const std::lock_guard lock(mutex_);
    orders_.emplace(++newest_, Submitted{std::move(order), {}});
    return newest_;
}

OrderResult SerialDesk::follow(OrderId id, const OrderProgress& progress)
{
    class Forgetting {
    public:
        Forgetting(SerialDesk& desk, OrderId order) : desk_(desk), order_(order) {}
        Forgetting(const Forgetting&) = delete;
        Forgetting& operator=(const Forgetting&) = delete;
        ~Forgetting() { desk_.forget(order_); }

    private:
        SerialDesk& desk_;
        OrderId order_;
    };
    const auto submitted = find(id);
    const Forgetting forgetting(*this, id);
    if (submitted.stop.stop_requested())
        throw error("the order was cancelled before it began");
    return execute(submitted.order, progress, submitted.stop.get_token());
}

void SerialDesk::cancel(OrderId id) noexcept
{
    const std::lock_guard lock(mutex_);
    if (const auto found = orders_.find(id); found != orders_.end())
        found->second.stop.request_stop();
}

/// A copy: its stop source is the same as the one in the table.
SerialDesk::Submitted SerialDesk::find(OrderId id)
{
    const std::lock_guard lock(mutex_);
    const auto found = orders_.find(id);
    if (found == orders_.end())
        throw error("there is no order {} here", id);
    return found->second;
}

void SerialDesk::forget(OrderId id) noexcept
{
    const std::lock_guard lock(mutex_);
    orders_.erase(id);
}

} // namespace skurd
