#pragma once

#include "daemon/order_spool.hpp"
#include "order/order_executor.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace skurd {

/// How many orders there may be.
struct OrderLimits {
    std::size_t running = 32;              ///< at once; the others wait in order
    std::size_t open = 1000;               ///< queued and running
    std::size_t open_bytes = 1 << 30;      ///< on disk, of those
    std::size_t ended = 500;               ///< that are remembered
    std::size_t ended_bytes = 128 << 20;   ///< on disk, of those
    std::chrono::hours ended_age{24 * 90}; ///< the newest order of all is remembered however old it is
};

/// The daemon's desk: carries out each order on a thread of its own. A thread lives as long as there are orders for
/// it; an idle daemon has none. What is queued is in the spool, so it survives the daemon. Safe to use from any
/// thread but for the constructor, start(), stop() and the destructor, which are the owner's.
class OrderQueue final : public OrderDesk {
public:
    /// Reads what the spool holds. `executor` and `clock` outlive the object.
    OrderQueue(std::filesystem::path spool, OrderExecutor& executor, const Clock& clock,
               const OrderLimits& limits = {});
    ~OrderQueue() override; ///< stops
    OrderQueue(const OrderQueue&) = delete;
    OrderQueue& operator=(const OrderQueue&) = delete;

    /// Begins what waits; until then orders are taken and none is carried out. `on_change` is called from then on
    /// whenever something happened to an order, from any thread and under the desk's lock: it must be short and not
    /// come back here.
    void start(std::function<void()> on_change = {});
    /// Takes no further order, asks those that run to end, and waits until they have. Attached ones are cancelled;
    /// detached ones that were not done stay in the spool for the next daemon. Each order has a last event then.
    void stop();

    OrderId submit(const Order& order, const OrderGiver& giver, Attachment attachment) override;
    std::vector<OrderRecord> list() const override;
    std::optional<OrderRecord> find(OrderId id) const override;
    std::optional<std::string> result(OrderId id) const override;
    std::vector<OrderEvent> events(OrderId id, std::int64_t from, std::chrono::milliseconds wait) const override;
    void cancel(OrderId id, const std::string& why) override;

private:
    struct Entry {
        OrderRecord record;
        int begun = 0;
        std::size_t bytes = 0; ///< on disk
        std::stop_source stop;
        std::string cancelled_why; ///< "" = nobody cancelled it
        std::deque<OrderEvent> events;
        std::int64_t newest_event = 0;
        bool is_told = false; ///< its last event is there
    };
    /// What carrying an order out came to.
    struct Outcome {
        std::string result; ///< JSON; "" = none
        std::string error;
        ExitCode exit = ExitCode::good;
    };
    enum class Phase { reading, open, stopping };

    void recover();
    bool leave_to_next_daemon(Entry& entry);
    OrderId reserve(std::size_t bytes);
    void add_thread();
    void work();
    std::optional<OrderId> take_next();
    void carry_out(OrderId id);
    std::pair<OrderRecord, int> standing(OrderId id) const; ///< and how often it was begun
    Outcome execute(OrderId id, const Order& order);
    void finish(OrderId id, Outcome outcome, const Json& order);
    void requeue(OrderId id, const Json& order);
    void close(OrderRecord record, const std::string& result);
    void tell(Entry& entry, OrderEvent::Kind kind, std::string text = "");
    void tell_progress(OrderId id, const std::string& text);
    void prune();
    Time oldest_kept() const;

    const OrderSpool spool_;
    OrderExecutor& executor_;
    const Clock& clock_;
    const OrderLimits limits_;

    mutable std::mutex mutex_; ///< of all that follows
    mutable std::condition_variable changed_;
    std::function<void()> on_change_;
    std::map<OrderId, Entry> entries_;
    std::deque<OrderId> waiting_;
    OrderId newest_ = 0;
    std::size_t open_ = 0;
    std::size_t open_bytes_ = 0;
    Phase phase_ = Phase::reading;
    std::map<std::thread::id, std::thread> threads_; ///< that work
    std::thread left_;                               ///< the one that left last; the next to leave joins it
};

} // namespace skurd
