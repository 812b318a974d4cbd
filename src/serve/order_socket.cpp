#include "serve/order_socket.hpp"

#include "base/error.hpp"
#include "serve/control_socket.hpp"

namespace skurd {

namespace {

OrderResult result_in(const Order& order, const Json& answer)
{
    try {
        return read_result(order, answer);
    } catch (const Error& failure) {
        throw error("{} (is the daemon of another version? restart it)", failure.what());
    }
}

} // namespace

Json answer_order(OrderDesk& desk, OrderMessage request, const OrderProgress& progress, std::stop_token stop)
{
    const auto id = desk.submit(read_order(std::move(request)));
    const std::stop_callback cancelling(std::move(stop), [&] { desk.cancel(id); });
    return to_json(desk.follow(id, progress));
}

std::optional<OrderResult> give_to_daemon(const std::filesystem::path& socket, const Order& order,
                                          const OrderProgress& progress)
{
    const auto answer = ask_daemon(socket, to_message(order), progress);
    if (!answer)
        return std::nullopt;
    JsonReader json(*answer, "the daemon's answer");
    if (json.has("error")) {
        const auto code = json.integer("exit", 1, static_cast<int>(ExitCode::busy));
        throw Error(json.text("error"), static_cast<ExitCode>(code));
    }
    return result_in(order, *answer);
}

} // namespace skurd
