#include "serve/order_client.hpp"

#include "base/text.hpp"
#include "serve/unix_listener.hpp"

#include <fmt/format.h>

#include <utility>

namespace skurd {

namespace {

constexpr auto orders_path = "/api/v1/orders";
constexpr std::chrono::seconds cancel_silence_max{2}; ///< a second interrupt is seen after it
constexpr auto went_away = "the daemon went away before the order ended; see its log and `skurd orders`";
constexpr auto other_version = "(is the daemon of another version? restart it)";

Error error_of(SocketFailure failure)
{
    switch (failure) {
    case SocketFailure::silent:
        return error("the daemon listens but says nothing; see its log");
    case SocketFailure::not_http:
        return error("the daemon's answer is not understood {}", other_version);
    case SocketFailure::too_large:
        return error("the daemon's answer has more than {} bytes", SocketClient::body_max);
    default:
        return error("{}", went_away);
    }
}

/// What the daemon's answer of a bad status says.
Error refusal_of(const SocketResponse& response)
{
    try {
        const auto json = parse_json(response.body);
        JsonReader members(json, "the daemon's answer");
        const auto code = members.integer("exit", 1, static_cast<int>(ExitCode::busy));
        return Error(members.text("error"), static_cast<ExitCode>(code));
    } catch (const Error&) {
        return error("the daemon answers with HTTP status {} {}", response.status, other_version);
    }
}

OrderResult result_in(const Order& order, const Json& result)
{
    try {
        return read_result(order, result);
    } catch (const Error& failure) {
        throw error("{} {}", failure.what(), other_version);
    }
}

SocketRequest cancellation(OrderId id, const std::string& actor)
{
    SocketRequest request;
    request.method = "DELETE";
    request.path = fmt::format("{}/{}?by={}", orders_path, id, percent_encode(actor));
    return request;
}

/// Puts lines together from bytes as they come.
class Lines {
public:
    explicit Lines(std::function<void(std::string_view)> on_line) : on_line_(std::move(on_line)) {}

    void add(std::string_view bytes)
    {
        for (auto end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
            line_.append(bytes.substr(0, end));
            bytes.remove_prefix(end + 1);
            on_line_(std::exchange(line_, {}));
        }
        if (bytes.size() > SocketClient::body_max - line_.size())
            throw error_of(SocketFailure::too_large);
        line_.append(bytes);
    }

private:
    std::function<void(std::string_view)> on_line_;
    std::string line_;
};

/// Reads the events of an order until the last.
struct Reader {
    const OrderProgress& progress;
    std::optional<Json> last{};

    void take(std::string_view line)
    {
        if (line.empty())
            return;
        auto json = parse_json(line);
        JsonReader event(json, "an event of the daemon");
        if (event.flag("last"))
            last = std::move(json);
        else if (progress && event.has("progress"))
            progress(event.text("progress"));
        else if (progress && event.choice<OrderState>("state") == OrderState::queued)
            progress("waiting: the daemon has other orders");
    }
};

} // namespace

OrderClient::OrderClient(std::filesystem::path socket, const std::string& actor)
    : socket_(std::move(socket)), actor_(whole_prefix(actor, OrderGiver::name_max)), http_(socket_)
{
    check_socket_path(socket_);
}

std::optional<Json> OrderClient::ask(const SocketRequest& request)
{
    auto answer = http_.perform(request);
    const auto* broken = std::get_if<SocketFailure>(&answer);
    if (broken && *broken == SocketFailure::broken && request.method != "POST")
        answer = http_.perform(request); // the daemon died meanwhile: what may be asked twice (RFC 9110, 9.2.2) is
    if (const auto* failure = std::get_if<SocketFailure>(&answer)) {
        if (*failure == SocketFailure::no_server)
            return std::nullopt;
        throw error_of(*failure);
    }
    const auto& response = std::get<SocketResponse>(answer);
    if (response.status != 200 && response.status != 202)
        throw refusal_of(response);
    return parse_json(response.body);
}

std::optional<OrderId> OrderClient::submit(const Order& order, Attachment attachment)
{
    auto message = to_message(order);
    message.json["detach"] = attachment == Attachment::detached;
    message.json["given_by"] = actor_;
    SocketRequest request;
    request.method = "POST";
    request.path = orders_path;
    request.json = json_line(message.json);
    if (!message.bytes.empty())
        request.parts = {{"order", "application/json", request.json},
                         {"file", "application/octet-stream", message.bytes}};
    const auto answer = ask(request);
    return answer ? std::optional(JsonReader(*answer, "the daemon's answer").integer("id", 1, INT64_MAX))
                  : std::nullopt;
}

OrderResult OrderClient::follow(OrderId id, const Order& order, const OrderProgress& progress, std::stop_token stop)
{
    // On the thread that asks for the stop, with a connection of its own: this one reads the events.
    const std::stop_callback cancelling(std::move(stop), [&] {
        if (progress)
            progress("cancelling; once more ends at once");
        auto request = cancellation(id, actor_);
        request.silence_max = cancel_silence_max;
        OrderClient(socket_, actor_).http_.perform(request);
    });
    Reader reader{progress};
    Lines lines([&](std::string_view line) { reader.take(line); });
    SocketRequest request;
    request.path = fmt::format("{}/{}/events", orders_path, id);
    request.on_bytes = [&](std::string_view bytes) { lines.add(bytes); };
    const auto answer = http_.perform(request);
    if (const auto* failure = std::get_if<SocketFailure>(&answer); failure && !reader.last)
        throw *failure == SocketFailure::no_server ? error("{}", went_away) : error_of(*failure);
    if (const auto* response = std::get_if<SocketResponse>(&answer); response && response->status != 200)
        throw refusal_of(*response);
    if (!reader.last)
        throw error("{}", went_away);
    JsonReader last(*reader.last, "the end of the order");
    if (last.has("result"))
        return result_in(order, reader.last->at("result"));
    const auto code = last.integer("exit", 1, static_cast<int>(ExitCode::busy));
    throw Error(last.text("error"), static_cast<ExitCode>(code));
}

std::optional<std::vector<OrderRecord>> OrderClient::list()
{
    SocketRequest request;
    request.path = orders_path;
    const auto answer = ask(request);
    if (!answer)
        return std::nullopt;
    std::vector<OrderRecord> records;
    for (auto& record : JsonReader(*answer, "the daemon's answer").objects("orders"))
        records.push_back(read_order_record(record));
    return records;
}

std::optional<Json> OrderClient::find(OrderId id)
{
    SocketRequest request;
    request.path = fmt::format("{}/{}", orders_path, id);
    return ask(request);
}

std::optional<OrderRecord> OrderClient::cancel(OrderId id)
{
    const auto answer = ask(cancellation(id, actor_));
    if (!answer)
        return std::nullopt;
    JsonReader record(*answer, "the daemon's answer");
    return read_order_record(record);
}

std::optional<OrderResult> give_to_daemon(OrderClient& daemon, const Order& order, const OrderProgress& progress,
                                          std::stop_token stop)
{
    const auto id = daemon.submit(order, Attachment::attached);
    if (!id)
        return std::nullopt;
    return daemon.follow(*id, order, progress, std::move(stop));
}

} // namespace skurd
