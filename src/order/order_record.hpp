#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"
#include "base/error.hpp"
#include "lib/json/json_reader.hpp"
#include "order/orders.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace skurd {

using OrderId = std::int64_t; ///< from 1; never given twice

enum class OrderState {
    queued,
    running,
    done,      ///< it has a result, whose exit code says how it went
    failed,    ///< it ended in an error
    cancelled, ///< it never began, or was told to end before it was done
};
template <>
inline constexpr auto enum_words<OrderState> = word_table<OrderState>({
    {OrderState::queued, "queued"},
    {OrderState::running, "running"},
    {OrderState::done, "done"},
    {OrderState::failed, "failed"},
    {OrderState::cancelled, "cancelled"},
});

constexpr bool has_ended(OrderState state)
{
    return state != OrderState::queued && state != OrderState::running;
}

/// What becomes of an order when its client goes away.
enum class Attachment {
    attached, ///< it is cancelled
    detached, ///< it goes on, and is carried out after a restart too
};
template <>
inline constexpr auto enum_words<Attachment> = word_table<Attachment>({
    {Attachment::attached, "attached"},
    {Attachment::detached, "detached"},
});

/// Who gave, or cancelled, an order.
struct OrderGiver {
    static constexpr std::size_t name_max = 200; ///< bytes

    std::string name;                 ///< as claimed; "" where nothing was
    std::optional<std::uint32_t> uid; ///< of the process at the other end of the socket, by the kernel's word
    std::string address{};            ///< of the other end, where the order came over TCP; "" otherwise

    bool operator==(const OrderGiver&) const = default;
};

/// "Kari (uid 1000)"; of an order that came over TCP "Kari (from 127.0.0.1)"
std::string to_text(const OrderGiver& giver);

/// An order as its desk knows it, without what it says and what it came to.
struct OrderRecord {
    OrderId id = 0;
    std::string order;   ///< its name: "harvest"
    std::string summary; ///< with what it is about: "harvest ssb-cpi"; one line
    OrderState state = OrderState::queued;
    Attachment attachment = Attachment::attached;
    OrderGiver giver;
    Time given_at{};
    std::optional<Time> began_at;
    std::optional<Time> ended_at;
    std::string progress;         ///< what it does now, or did last; one line
    std::optional<ExitCode> exit; ///< once it has ended
    std::string error;            ///< why it failed or was cancelled
};

/// One line that says what an order is about.
std::string order_summary(const Order& order);

/// Who an order says that it is from; "" where it says nothing of it.
std::string order_actor(const Order& order);

/// {"id", "order", "summary", "state", "attachment", "given_by": {"name", "uid": number or null, "address": text or
/// null}, "given_at", "began_at": time or null, "ended_at": time or null, "progress", "exit": code or null, "error"}
Json to_json(const OrderRecord& record);
/// The same read back. Throws Error that says what is wrong with it; other members are not looked at.
OrderRecord read_order_record(JsonReader& json);

} // namespace skurd
