#include "serve/order_events.hpp"

#include "base/time_text.hpp"
#include "view/value_json.hpp"

namespace skurd {

namespace {

constexpr std::chrono::milliseconds silence_max{800}; ///< with the server's period at most a second

Json json_of(const OrderEvent& event)
{
    return {{"event", event.number}, {"at", format_time(event.at)}, {"state", to_string(event.state)}};
}

} // namespace

OrderEvents::OrderEvents(OrderDesk& desk, AttachedOrders& attached, OrderId id, std::int64_t from)
    : desk_(desk), attached_(attached), id_(id), from_(from)
{
    attached_.reader_came(id_);
}

OrderEvents::~OrderEvents()
{
    attached_.reader_left(id_);
}

std::optional<std::string> OrderEvents::next()
{
    if (is_over_)
        return std::nullopt;
    const auto record = desk_.find(id_); // first: who has ended has had its last event
    const auto events = desk_.events(id_, from_, std::chrono::milliseconds(0));
    if (events.empty() && (!record || has_ended(record->state)))
        return std::nullopt;
    const auto now = std::chrono::steady_clock::now();
    if (events.empty() && now - spoke_at_ < silence_max)
        return "";
    spoke_at_ = now;
    if (events.empty())
        return "\n";
    std::string lines;
    for (const auto& event : events)
        lines += line(event);
    from_ = events.back().number + 1;
    is_over_ = events.back().kind == OrderEvent::Kind::last;
    return lines;
}

std::string OrderEvents::line(const OrderEvent& event) const
{
    if (event.kind == OrderEvent::Kind::last)
        return last_line(event);
    auto json = json_of(event);
    if (event.kind == OrderEvent::Kind::progress)
        json["progress"] = event.text;
    return json_line(json) + "\n";
}

std::string OrderEvents::last_line(const OrderEvent& event) const
{
    const auto record = desk_.find(id_);
    auto json = json_of(event);
    json["last"] = true;
    json["exit"] = static_cast<int>(record && record->exit ? *record->exit : ExitCode::failed);
    json["error"] = text_json(event.text);
    return with_result(json, desk_, id_) + "\n";
}

std::string with_result(Json members, const OrderDesk& desk, OrderId id)
{
    std::optional<std::string> result;
    try {
        result = desk.result(id);
    } catch (const Error& failure) {
        members["error"] = failure.what();
    }
    auto text = json_line(members);
    text.pop_back();
    return text + ",\"result\":" + result.value_or("null") + "}";
}

} // namespace skurd
