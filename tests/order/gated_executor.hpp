#pragma once

#include "order/order_desk.hpp"
#include "order/order_executor.hpp"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

namespace skurd::test {

/// Opens once, for all who wait at it.
class Gate {
public:
    void open()
    {
        const std::lock_guard lock(mutex_);
        is_open_ = true;
        opened_.notify_all();
    }
    /// False when the stop comes first.
    bool wait(const std::stop_token& stop)
    {
        std::unique_lock lock(mutex_);
        return opened_.wait(lock, stop, [&] { return is_open_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable_any opened_;
    bool is_open_ = false;
};

/// Carries orders out as the test says: each waits at the gate, then has the result of `does`.
class GatedExecutor : public OrderExecutor {
public:
    Gate gate;
    std::function<OrderResult(const Order&, const OrderProgress&, const std::stop_token&)> does;
    std::atomic<int> begun = 0;
    std::atomic<int> running_most = 0;

    OrderResult execute(const Order& order, const OrderGiver&, const OrderProgress& progress,
                        std::stop_token stop) override
    {
        ++begun;
        note_running(++running_);
        progress("on it");
        const bool is_free = gate.wait(stop);
        --running_;
        if (!is_free)
            throw error("stopped in the middle");
        return does ? does(order, progress, stop) : OrderResult(RecordedResult{begun});
    }

private:
    void note_running(int count)
    {
        auto most = running_most.load();
        while (count > most && !running_most.compare_exchange_weak(most, count)) {
        }
    }

    std::atomic<int> running_ = 0;
};

inline Order any_order()
{
    return AnnotateOrder{"9", AnnotationKind::note, std::nullopt, 0, "x", "y"};
}

inline Order drop_of(std::string bytes)
{
    DropOrder order;
    order.job = "tall";
    order.file_name = "tall-1.csv";
    order.bytes = std::move(bytes);
    return order;
}

/// Waits, half a minute at most, until the order's last event, and gives all of them.
inline std::vector<OrderEvent> all_events(const OrderDesk& desk, OrderId id)
{
    std::vector<OrderEvent> all;
    while (all.empty() || all.back().kind != OrderEvent::Kind::last) {
        const auto more = desk.events(id, all.empty() ? 1 : all.back().number + 1, std::chrono::milliseconds(30'000));
        if (more.empty())
            throw error("order {} did not end", id);
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

/// Waits until the order has had its last event.
inline OrderRecord ended(const OrderDesk& desk, OrderId id)
{
    all_events(desk, id);
    return desk.find(id).value();
}

} // namespace skurd::test
