// An order's way: reserved a number, written to the spool, queued, taken by a thread, carried out, its end written to
// the spool, told. Files are written outside the lock, each order's by one thread at a time: the one that submits it,
// then the one that takes it off the queue, be that to carry it out or to cancel it. Stops are requested outside it
// too, since they run what others have registered. What is told of an order's end is on disk before. A thread that
// finds no order leaves, and joins the one that left before it, so that at most one finished thread is unjoined.
#include "daemon/order_queue.hpp"

#include "base/log_scope.hpp"
#include "base/text.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <system_error>

namespace skurd {

namespace {

constexpr std::size_t progress_width = 300; ///< code points
constexpr auto waits_for_next = "the daemon is stopping; the order is carried out when it runs again";

void log_end(const OrderRecord& record)
{
    const bool is_good = record.state == OrderState::done && record.exit == ExitCode::good;
    spdlog::log(is_good ? spdlog::level::info : spdlog::level::warn, "order {}: {}: {}, exit {}{}{}", record.id,
                record.summary, to_string(record.state), static_cast<int>(record.exit.value_or(ExitCode::failed)),
                record.error.empty() ? "" : ": ", record.error);
}

} // namespace

OrderQueue::OrderQueue(std::filesystem::path spool, OrderExecutor& executor, const Clock& clock,
                       const OrderLimits& limits)
    : spool_(std::move(spool)), executor_(executor), clock_(clock), limits_(limits)
{
    recover();
}

OrderQueue::~OrderQueue()
{
    stop();
}

/// A disk that refuses to take how an order ended keeps the daemon from nothing: the next start finds the same.
void OrderQueue::recover()
{
    const auto now = clock_.now();
    for (auto& spooled : spool_.recover()) {
        Entry entry;
        entry.record = after_the_daemon(spooled, now);
        entry.begun = spooled.begun;
        entry.bytes = spooled.bytes;
        newest_ = entry.record.id;
        const bool ends_now = has_ended(entry.record.state) && !has_ended(spooled.record.state);
        if (ends_now) {
            log_end(entry.record);
            try {
                entry.bytes = spool_.end(entry.record, "");
            } catch (const Error& failure) {
                spdlog::error("order {}: {}", entry.record.id, failure.what());
            }
        }
        const auto& added = entries_.emplace(newest_, std::move(entry)).first->second;
        if (has_ended(added.record.state))
            continue;
        spdlog::info("order {}: {}: queued again", newest_, added.record.summary);
        waiting_.push_back(newest_);
        ++open_;
        open_bytes_ += added.bytes;
    }
    for (auto& [id, entry] : entries_)
        tell(entry, has_ended(entry.record.state) ? OrderEvent::Kind::last : OrderEvent::Kind::state);
    prune();
}

void OrderQueue::start(std::function<void()> on_change)
{
    const std::lock_guard lock(mutex_);
    on_change_ = std::move(on_change);
    phase_ = Phase::open;
    for (std::size_t i = 0; i < waiting_.size(); ++i)
        add_thread();
}

void OrderQueue::stop()
{
    std::vector<std::stop_source> running;
    {
        const std::lock_guard lock(mutex_);
        phase_ = Phase::stopping;
        for (const auto& [id, entry] : entries_)
            if (entry.record.state == OrderState::running)
                running.push_back(entry.stop);
    }
    for (auto& stop : running)
        stop.request_stop();
    std::vector<OrderId> attached;
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return threads_.empty(); });
        if (left_.joinable())
            left_.join();
        for (const auto id : waiting_)
            if (!leave_to_next_daemon(entries_.at(id)))
                attached.push_back(id);
    }
    for (const auto id : attached)
        cancel(id, cut_off_by_daemon);
}

/// Under the lock: whether a queued order outlives the daemon; then that is the last that is told of it.
bool OrderQueue::leave_to_next_daemon(Entry& entry)
{
    if (entry.record.attachment == Attachment::attached)
        return false;
    if (!entry.is_told)
        tell(entry, OrderEvent::Kind::last, waits_for_next);
    return true;
}

/// The number of a new order, for which there is room then.
OrderId OrderQueue::reserve(std::size_t bytes)
{
    const std::lock_guard lock(mutex_);
    if (phase_ == Phase::stopping)
        throw DeskClosedError("the daemon is stopping; give the command again once it has");
    if (open_ >= limits_.open)
        throw DeskClosedError(fmt::format("{} orders wait or run already; give this one when some have ended "
                                          "(`skurd orders`, `skurd cancel`)",
                                          open_));
    if (bytes > limits_.open_bytes - std::min(open_bytes_, limits_.open_bytes))
        throw DeskClosedError(
            fmt::format("the files of the orders that wait or run have {} MiB already; give this one "
                        "when some have ended (`skurd orders`)",
                        open_bytes_ >> 20));
    ++open_;
    open_bytes_ += bytes;
    return ++newest_;
}

OrderId OrderQueue::submit(const Order& order, const OrderGiver& giver, Attachment attachment)
{
    auto message = to_message(order);
    const auto reserved = message.bytes.size();
    Entry entry;
    auto& record = entry.record;
    record.id = reserve(reserved);
    record.order = std::visit([](const auto& kind) { return std::string(kind.name); }, order);
    record.summary = order_summary(order);
    record.attachment = attachment;
    record.giver = giver;
    record.given_at = clock_.now();
    const auto id = record.id;
    try {
        entry.bytes = spool_.add(record, message);
    } catch (...) {
        const std::lock_guard lock(mutex_);
        --open_;
        open_bytes_ -= reserved;
        throw;
    }
    const auto actor = order_actor(order);
    spdlog::info("order {}: {}: given by {}{}", id, record.summary, to_text(giver),
                 actor.empty() || actor == giver.name ? "" : fmt::format(", in the name of '{}'", excerpt(actor)));
    std::unique_lock lock(mutex_);
    open_bytes_ += entry.bytes - reserved;
    auto& added = entries_.emplace(id, std::move(entry)).first->second;
    waiting_.push_back(id);
    tell(added, OrderEvent::Kind::state);
    if (phase_ == Phase::open)
        add_thread();
    const bool is_too_late = phase_ == Phase::stopping && !leave_to_next_daemon(added);
    lock.unlock();
    if (is_too_late)
        cancel(id, cut_off_by_daemon);
    return id;
}

std::vector<OrderRecord> OrderQueue::list() const
{
    const std::lock_guard lock(mutex_);
    std::vector<OrderRecord> records;
    records.reserve(entries_.size());
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at)
        records.push_back(at->second.record);
    return records;
}

std::optional<OrderRecord> OrderQueue::find(OrderId id) const
{
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(id);
    return found == entries_.end() ? std::nullopt : std::optional(found->second.record);
}

std::optional<std::string> OrderQueue::result(OrderId id) const
{
    return spool_.result(id);
}

std::vector<OrderEvent> OrderQueue::events(OrderId id, std::int64_t from, std::chrono::milliseconds wait) const
{
    std::unique_lock lock(mutex_);
    const auto at = [&] { return entries_.find(id); };
    changed_.wait_for(lock, wait, [&] {
        return at() == entries_.end() || at()->second.newest_event >= from || at()->second.is_told;
    });
    std::vector<OrderEvent> events;
    if (at() == entries_.end())
        return events;
    for (const auto& event : at()->second.events)
        if (event.number >= from)
            events.push_back(event);
    return events;
}

void OrderQueue::cancel(OrderId id, const std::string& why)
{
    OrderRecord record;
    std::optional<std::stop_source> stop;
    {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(id);
        if (found == entries_.end() || has_ended(found->second.record.state) || found->second.is_told)
            return;
        auto& entry = found->second;
        if (entry.cancelled_why.empty())
            entry.cancelled_why = why;
        const auto queued = std::find(waiting_.begin(), waiting_.end(), id);
        if (queued != waiting_.end()) {
            waiting_.erase(queued); // it is ours now
            record = entry.record;
        }
        stop.emplace(entry.stop);
    }
    stop->request_stop();
    if (record.id == 0)
        return; // it runs
    record.state = OrderState::cancelled;
    record.error = why;
    record.exit = ExitCode::failed;
    close(std::move(record), "");
}

/// Under the lock. Where the system gives no thread, the order waits for one that works already, or the next try.
void OrderQueue::add_thread()
{
    if (threads_.size() >= limits_.running)
        return;
    try {
        std::thread thread([this] { work(); });
        const auto id = thread.get_id();
        threads_.emplace(id, std::move(thread));
    } catch (const std::system_error& failure) {
        spdlog::error("no thread for an order: {}", failure.what());
    }
}

void OrderQueue::work()
{
    while (const auto id = take_next())
        carry_out(*id);
}

/// The order that is next in turn, which runs then. Where there is none, the thread is no longer among those that
/// work.
std::optional<OrderId> OrderQueue::take_next()
{
    std::thread before;
    {
        const std::lock_guard lock(mutex_);
        if (phase_ == Phase::open && !waiting_.empty()) {
            const auto id = waiting_.front();
            waiting_.pop_front();
            auto& entry = entries_.at(id);
            entry.record.state = OrderState::running;
            entry.record.began_at = clock_.now();
            ++entry.begun;
            tell(entry, OrderEvent::Kind::state);
            return id;
        }
        before = std::exchange(left_, std::move(threads_.extract(std::this_thread::get_id()).mapped()));
        changed_.notify_all();
    }
    if (before.joinable())
        before.join();
    return std::nullopt;
}

/// The edge of an order: whatever it meets, the daemon lives on.
void OrderQueue::carry_out(OrderId id)
{
    const auto [record, begun] = standing(id);
    const LogScope about({{"order", std::to_string(id)},
                          {"trigger", fmt::format("order {}, given by {}", id, to_text(record.giver))}});
    Json order;
    Outcome outcome;
    try {
        auto message = spool_.message(id);
        order = message.json;
        if (record.attachment == Attachment::detached) // so that it is not begun for ever where it kills the daemon
            spool_.update(record, begun, order);
        outcome = execute(id, read_order(std::move(message)));
    } catch (const std::exception& failure) {
        outcome.error = full_message(failure);
        outcome.exit = exit_code(failure);
    }
    finish(id, std::move(outcome), order);
}

std::pair<OrderRecord, int> OrderQueue::standing(OrderId id) const
{
    const std::lock_guard lock(mutex_);
    const auto& entry = entries_.at(id);
    return {entry.record, entry.begun};
}

OrderQueue::Outcome OrderQueue::execute(OrderId id, const Order& order)
{
    std::stop_token stop;
    OrderGiver giver;
    {
        const std::lock_guard lock(mutex_);
        stop = entries_.at(id).stop.get_token();
        giver = entries_.at(id).record.giver;
    }
    const auto result = executor_.execute(
        order, giver, [&](const std::string& text) { tell_progress(id, text); }, stop);
    return {json_line(to_json(result)), "", exit_of(result)};
}

void OrderQueue::finish(OrderId id, Outcome outcome, const Json& order)
{
    OrderRecord record;
    std::string cancelled_why;
    bool is_stopping = false;
    {
        const std::lock_guard lock(mutex_);
        const auto& entry = entries_.at(id);
        record = entry.record;
        cancelled_why = entry.cancelled_why;
        is_stopping = phase_ == Phase::stopping;
    }
    const bool is_good = outcome.error.empty() && outcome.exit == ExitCode::good;
    if (is_stopping && !is_good && cancelled_why.empty() && record.attachment == Attachment::detached) {
        requeue(id, order);
        return;
    }
    if (is_stopping && cancelled_why.empty())
        cancelled_why = cut_off_by_daemon;
    record.exit = outcome.exit;
    record.error = std::move(outcome.error);
    record.state = record.error.empty() ? OrderState::done : OrderState::failed;
    if (!is_good && !cancelled_why.empty()) {
        record.state = OrderState::cancelled;
        record.error = cancelled_why + (record.error.empty() ? "" : ": " + record.error);
    }
    close(std::move(record), outcome.result);
}

/// The daemon ends before the order has: the next one carries it out. It was told to, so it is not the order's doing.
void OrderQueue::requeue(OrderId id, const Json& order)
{
    {
        const std::lock_guard lock(mutex_);
        auto& entry = entries_.at(id);
        entry.record.state = OrderState::queued;
        --entry.begun;
    }
    const auto [record, begun] = standing(id);
    try {
        spool_.update(record, begun, order);
    } catch (const Error& failure) {
        spdlog::error("order {}: {}", id, failure.what());
    }
    const std::lock_guard lock(mutex_);
    tell(entries_.at(id), OrderEvent::Kind::last, waits_for_next);
}

/// An open order that is in nobody else's hands has ended so.
void OrderQueue::close(OrderRecord record, const std::string& result)
{
    record.ended_at = clock_.now();
    std::optional<std::size_t> bytes;
    try {
        bytes = spool_.end(record, result);
    } catch (const Error& failure) {
        spdlog::error("order {}: {}", record.id, failure.what());
        if (record.state == OrderState::done) {
            record.state = OrderState::failed;
            record.exit = ExitCode::failed;
            record.error =
                fmt::format("the order was carried out, but what it came to cannot be written: {}", failure.what());
        }
        spool_.remove(record.id); // or it would be carried out once more
    }
    log_end(record);
    const std::lock_guard lock(mutex_);
    auto& entry = entries_.at(record.id);
    record.progress = entry.record.progress;
    entry.record = std::move(record);
    --open_;
    open_bytes_ -= std::min(open_bytes_, entry.bytes);
    entry.bytes = bytes.value_or(0);
    tell(entry, OrderEvent::Kind::last, entry.record.error);
    prune();
}

/// Under the lock, as what follows.
void OrderQueue::tell(Entry& entry, OrderEvent::Kind kind, std::string text)
{
    entry.events.push_back({++entry.newest_event, clock_.now(), kind, entry.record.state, std::move(text)});
    if (entry.events.size() > events_max)
        entry.events.pop_front();
    entry.is_told = kind == OrderEvent::Kind::last;
    changed_.notify_all();
    if (on_change_)
        on_change_();
}

void OrderQueue::tell_progress(OrderId id, const std::string& text)
{
    auto line = excerpt(text, progress_width);
    const std::lock_guard lock(mutex_);
    auto& entry = entries_.at(id);
    if (line == entry.record.progress)
        return;
    entry.record.progress = line;
    tell(entry, OrderEvent::Kind::progress, std::move(line));
}

Time OrderQueue::oldest_kept() const
{
    return clock_.now() - limits_.ended_age;
}

void OrderQueue::prune()
{
    std::size_t ended = 0;
    std::size_t bytes = 0;
    std::vector<OrderId> gone;
    for (auto at = entries_.rbegin(); at != entries_.rend(); ++at) {
        const auto& [id, entry] = *at;
        if (!has_ended(entry.record.state))
            continue;
        ++ended;
        bytes += entry.bytes;
        const bool is_kept = ended <= limits_.ended && bytes <= limits_.ended_bytes &&
                             entry.record.ended_at.value_or(entry.record.given_at) >= oldest_kept();
        if (!is_kept && id != newest_)
            gone.push_back(id);
    }
    for (const auto id : gone) {
        spool_.remove(id);
        entries_.erase(id);
    }
}

} // namespace skurd
