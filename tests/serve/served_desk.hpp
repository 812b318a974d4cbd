#pragma once

#include "daemon/order_queue.hpp"
#include "serve/control_server.hpp"
#include "serve/health_routes.hpp"
#include "tests/order/gated_executor.hpp"
#include "tests/serve/fixed_view.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <chrono>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace skurd::test {

/// A client of the control socket, or over TCP, that sends what it likes. It gives up after half a minute, so that a
/// server that never answers fails a test rather than hangs it.
class RawClient {
public:
    explicit RawClient(const std::filesystem::path& path)
        : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)),
          until_(std::chrono::steady_clock::now() + std::chrono::seconds(30))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
        REQUIRE(::connect(socket_.get(), static_cast<const sockaddr*>(static_cast<const void*>(&address)),
                          sizeof address) == 0);
    }
    /// One of 127.0.0.1.
    explicit RawClient(std::uint16_t port)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
          until_(std::chrono::steady_clock::now() + std::chrono::seconds(30))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(::connect(socket_.get(), static_cast<const sockaddr*>(static_cast<const void*>(&address)),
                          sizeof address) == 0);
    }

    /// False once the other side is gone.
    bool send(std::string_view bytes) // NOLINT(readability-make-member-function-const): the server sees it
    {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    /// Whether something, or the end, can be read within that time.
    bool is_readable(int milliseconds) const
    {
        pollfd wanted{socket_.get(), POLLIN, 0};
        return ::poll(&wanted, 1, milliseconds) == 1;
    }
    /// All that comes until the server closes the connection.
    std::string read_all()
    {
        while (read_more()) {
        }
        return std::move(seen_);
    }
    /// All that comes until that text is there; the rest is read by the next call. "" where the end comes first.
    std::string read_until(std::string_view text)
    {
        std::size_t at = 0;
        while ((at = seen_.find(text)) == std::string::npos)
            if (!read_more())
                return "";
        auto read = seen_.substr(0, at + text.size());
        seen_.erase(0, at + text.size());
        return read;
    }
    void close() { socket_ = FileDescriptor(); }

private:
    bool read_more()
    {
        const auto left = until_ - std::chrono::steady_clock::now();
        if (!is_readable(static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(left).count())))
            throw std::runtime_error("the server neither answered nor closed the connection");
        char piece[65536];
        const auto got = ::recv(socket_.get(), piece, sizeof piece, 0);
        if (got > 0)
            seen_.append(piece, static_cast<std::size_t>(got));
        return got > 0;
    }

    FileDescriptor socket_;
    std::chrono::steady_clock::time_point until_;
    std::string seen_;
};

/// A request as it is sent; the server closes the connection after it.
inline std::string request(const std::string& line, const std::string& body = "",
                           const std::string& type = "application/json")
{
    std::string text = line + " HTTP/1.1\r\nHost: skurd\r\nConnection: close\r\n";
    if (!body.empty())
        text += "Content-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

/// An answer taken apart.
struct Answer {
    int status = 0;
    std::string head;
    std::string body;

    Json json() const { return Json::parse(body, nullptr, false); }
};

inline Answer answer_in(const std::string& text)
{
    const auto end = text.find("\r\n\r\n");
    if (!text.starts_with("HTTP/1.1 ") || end == std::string::npos)
        return {0, text, ""};
    return {std::stoi(text.substr(9, 3)), text.substr(0, end), text.substr(end + 4)};
}

/// A desk whose orders wait at a gate, and the server in front of it.
struct ServedDesk {
    explicit ServedDesk(const ControlServerLimits& its_limits = {}) : limits(its_limits)
    {
        queue.emplace(folder / "orders", executor, clock);
        server.emplace(socket, *queue, limits, health_routes(view));
        queue->start([this] { server->wake(); });
    }
    ~ServedDesk()
    {
        queue->stop();
        server.reset();
    }
    ServedDesk(const ServedDesk&) = delete;
    ServedDesk& operator=(const ServedDesk&) = delete;

    Answer ask(const std::string& line, const std::string& body = "",
               const std::string& type = "application/json") const
    {
        RawClient client(socket);
        client.send(request(line, body, type));
        return answer_in(client.read_all());
    }
    /// The number of an order that is taken.
    OrderId give(const std::string& json) const
    {
        const auto answer = ask("POST /api/v1/orders", json);
        INFO(answer.body);
        REQUIRE(answer.status == 202);
        return answer.json()["id"].get<OrderId>();
    }
    /// One who reads an order's events; the first of them is there.
    std::unique_ptr<RawClient> reader(OrderId id) const
    {
        auto client = std::make_unique<RawClient>(socket);
        client->send(request("GET /api/v1/orders/" + std::to_string(id) + "/events"));
        REQUIRE_FALSE(client->read_until("\n").empty());
        REQUIRE_FALSE(client->read_until("\"queued\"").empty());
        return client;
    }

    static constexpr auto attached = R"({"order":"annotate","target":"9","kind":"note","text":"x","actor":"y"})";
    static constexpr auto detached =
        R"({"order":"annotate","target":"9","kind":"note","text":"x","actor":"y","detach":true,"given_by":"Kari"})";

    TempDir folder;
    std::filesystem::path socket = folder / "skurd.sock";
    ManualClock clock{"2020-06-01"};
    ControlServerLimits limits;
    GatedExecutor executor;
    FixedView view;
    std::optional<OrderQueue> queue;
    std::optional<ControlServer> server;
};

} // namespace skurd::test
