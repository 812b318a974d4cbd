#include "serve/attached_orders.hpp"

#include <algorithm>
#include <vector>

namespace skurd {

void AttachedOrders::given(OrderId id, TimePoint now)
{
    const std::lock_guard lock(mutex_);
    orders_[id] = {now + patience_, 0};
}

void AttachedOrders::reader_came(OrderId id)
{
    const std::lock_guard lock(mutex_);
    if (const auto found = orders_.find(id); found != orders_.end())
        ++found->second.readers;
}

void AttachedOrders::reader_left(OrderId id)
{
    {
        const std::lock_guard lock(mutex_);
        const auto found = orders_.find(id);
        if (found == orders_.end() || --found->second.readers > 0)
            return;
        orders_.erase(found);
    }
    desk_.cancel(id, "its client is gone");
}

std::optional<AttachedOrders::TimePoint> AttachedOrders::pass_time(TimePoint now)
{
    std::vector<OrderId> late;
    std::optional<TimePoint> next;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, attached] : orders_)
            if (attached.readers == 0 && attached.asked_by <= now)
                late.push_back(id);
            else if (attached.readers == 0)
                next = next ? std::min(*next, attached.asked_by) : attached.asked_by;
        for (const auto id : late)
            orders_.erase(id);
    }
    for (const auto id : late)
        desk_.cancel(id, "its client never asked what became of it (give it detached where that is meant)");
    return next;
}

} // namespace skurd
