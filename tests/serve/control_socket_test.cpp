#include "serve/control_socket.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <future>

using namespace skurd;
using namespace std::chrono_literals;
using skurd::test::TempDir;

namespace {

sockaddr_un address_of(const std::filesystem::path& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    return address;
}

/// A client that sends what it likes. The server's queue takes it in before anybody serves it.
class RawClient {
public:
    explicit RawClient(const std::filesystem::path& path) : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const auto address = address_of(path);
        REQUIRE(::connect(socket_, static_cast<const sockaddr*>(static_cast<const void*>(&address)),
                          sizeof address) == 0);
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void send(std::string_view bytes) // NOLINT(readability-make-member-function-const): the server sees it
    {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }
    /// One byte every 5 ms, until an answer comes.
    void trickle()
    {
        pollfd wanted{socket_, POLLIN, 0};
        while (::poll(&wanted, 1, 5) == 0)
            send("x");
    }
    std::string read_all() // NOLINT(readability-make-member-function-const): nobody reads it again
    {
        std::string text;
        char piece[4096];
        for (ssize_t got = 0; (got = ::recv(socket_, piece, sizeof piece, 0)) > 0;)
            text.append(piece, static_cast<std::size_t>(got));
        return text;
    }
    void close()
    {
        if (socket_ >= 0)
            ::close(socket_);
        socket_ = -1;
    }

private:
    int socket_;
};

/// A daemon whose every answer counts.
struct Daemon {
    TempDir dir;
    std::filesystem::path socket = dir / "skurd.sock";
    ControlServer server;
    int answered = 0;

    explicit Daemon(std::chrono::milliseconds patience = 10s) : server(socket, patience) {}

    void serve(int wake_descriptor = -1)
    {
        server.serve_one(std::nullopt, wake_descriptor, [&](const OrderMessage&, const auto&) {
            ++answered;
            return Json{{"exit", 0}};
        });
    }

    /// What a client is told that sends this.
    std::string told(const std::string& request)
    {
        RawClient client(socket);
        client.send(request);
        serve();
        return client.read_all();
    }
};

} // namespace

TEST_CASE("a request comes with its bytes, and progress comes before the answer", "[serve]")
{
    Daemon daemon;
    std::vector<std::string> seen;
    const std::string bytes(3'000'000, '\n');
    auto asked = std::async(std::launch::async, [&] {
        return ask_daemon(daemon.socket, {{{"order", "drop"}, {"job", "a"}}, bytes},
                          [&](const std::string& text) { seen.push_back(text); });
    });
    OrderMessage got;
    daemon.server.serve_one(std::nullopt, -1, [&](const OrderMessage& request, const auto& progress) {
        got = request;
        progress("one");
        progress("two\nlines");
        return Json{{"exit", 3}, {"text", "done"}};
    });
    const auto answer = asked.get();
    CHECK(got.json["order"] == "drop");
    CHECK(got.json["job"] == "a");
    CHECK(got.bytes == bytes);
    CHECK(answer == Json{{"exit", 3}, {"text", "done"}});
    CHECK(seen == std::vector<std::string>{"one", "two\nlines"});
}

TEST_CASE("an answer may be long", "[serve]")
{
    Daemon daemon;
    const std::string text(5'000'000, 'x');
    auto asked = std::async(std::launch::async, [&] {
        return ask_daemon(daemon.socket, {{{"order", "a"}}, ""}, {});
    });
    daemon.server.serve_one(std::nullopt, -1, [&](const OrderMessage&, const auto&) {
        return Json{{"exit", 0}, {"text", text}};
    });
    const auto answer = asked.get();
    REQUIRE(answer);
    CHECK(answer->at("text") == text);
}

TEST_CASE("what is no request is refused with the reason", "[serve]")
{
    struct Row {
        std::string sent;
        std::string reason;
        int exit = 1;
    };
    const Row rows[] = {
        {"garbage\n", "this is no JSON: garbage"},
        {"\xff\xfe\n", "this is no JSON"},
        {"[1]\n", "takes one line of JSON"},
        {"{}\n", "takes one line of JSON"},
        {std::string(900'000, '[') + "\n", "this JSON is nested deeper than 64 levels"},
        {R"({"order":"a","size":67108865})"
         "\n",
         "is not a whole number from 0 to 67108864", 2},
        {R"({"order":"a","size":-1})"
         "\n",
         "is not a whole number from 0 to 67108864", 2},
        {R"({"order":"a","size":"1"})"
         "\n",
         "is not a whole number from 0 to 67108864", 2},
    };
    Daemon daemon;
    for (const auto& row : rows) {
        RawClient client(daemon.socket);
        auto sent = std::async(std::launch::async, [&] { client.send(row.sent); });
        daemon.serve();
        sent.get();
        const auto reply = Json::parse(client.read_all(), nullptr, false);
        CAPTURE(row.sent.substr(0, 40));
        CHECK(reply.value("exit", 0) == row.exit);
        CHECK_THAT(reply.value("error", ""), Catch::Contains(row.reason));
    }
    CHECK(daemon.answered == 0);
}

TEST_CASE("a line without an end is refused when it is too long", "[serve]")
{
    Daemon daemon;
    RawClient client(daemon.socket);
    auto sent = std::async(std::launch::async, [&] { client.send(std::string(2'000'000, 'x')); });
    daemon.serve();
    sent.get();
    CHECK_THAT(client.read_all(), Catch::Contains("longer than 1048576 bytes"));
    CHECK(daemon.answered == 0);
}

TEST_CASE("a client that leaves in the middle of its request is not answered", "[serve]")
{
    Daemon daemon;
    for (const auto* half : {"", "{\"ord", "{\"order\":\"a\",\"size\":5}\n123"}) {
        RawClient client(daemon.socket);
        client.send(half);
        client.close();
        daemon.serve();
    }
    CHECK(daemon.answered == 0);
    CHECK(daemon.told("{\"order\":\"a\"}\n") == "{\"exit\":0}\n");
}

TEST_CASE("a client that is slow, or only trickles, is told so and dropped", "[serve]")
{
    Daemon daemon(50ms);
    for (const auto* half : {"", "{\"ord", "{\"order\":\"a\",\"size\":5}\n123"})
        CHECK_THAT(daemon.told(half), Catch::Contains("too slow"));
    RawClient client(daemon.socket);
    auto trickling = std::async(std::launch::async, [&] { client.trickle(); });
    daemon.serve();
    trickling.get();
    CHECK_THAT(client.read_all(), Catch::Contains("too slow"));
    CHECK(daemon.answered == 0);
}

TEST_CASE("a stop ends the wait for the rest of a request", "[serve]")
{
    Daemon daemon(1h);
    RawClient client(daemon.socket);
    const int wake = ::eventfd(0, EFD_CLOEXEC);
    auto stopping = std::async(std::launch::async, [&] {
        // More than a socket holds: once it is sent, the server is reading.
        client.send("{\"order\":\"a\",\"size\":60000000}\n" + std::string(10'000'000, 'x'));
        ::eventfd_write(wake, 1);
    });
    daemon.serve(wake);
    stopping.get();
    ::close(wake);
    CHECK_THAT(client.read_all(), Catch::Contains("the daemon is stopping"));
    CHECK(daemon.answered == 0);
}

TEST_CASE("work is done to its end when the client does not wait for it", "[serve]")
{
    Daemon daemon;
    RawClient client(daemon.socket);
    client.send("{\"order\":\"a\"}\n");
    bool done = false;
    daemon.server.serve_one(std::nullopt, -1, [&](const OrderMessage&, const auto& progress) {
        client.close();
        progress("one");
        progress("two");
        done = true;
        return Json{{"exit", 0}};
    });
    CHECK(done);
}

TEST_CASE("a client that does not read holds up neither the work nor the daemon", "[serve]")
{
    Daemon daemon(50ms);
    RawClient client(daemon.socket);
    client.send("{\"order\":\"a\"}\n");
    bool done = false;
    daemon.server.serve_one(std::nullopt, -1, [&](const OrderMessage&, const auto& progress) {
        for (int i = 0; i < 10'000; ++i)
            progress(std::string(1000, 'x'));
        done = true;
        return Json{{"exit", 0}};
    });
    CHECK(done);
    client.close();
    CHECK(daemon.told("{\"order\":\"a\"}\n") == "{\"exit\":0}\n");
}

TEST_CASE("serving ends at its time, or when woken, without a client", "[serve]")
{
    Daemon daemon;
    const int wake = ::eventfd(1, EFD_CLOEXEC);
    daemon.serve(wake);
    ::close(wake);
    daemon.server.serve_one(0ms, -1, [&](const OrderMessage&, const auto&) {
        ++daemon.answered;
        return Json{{"exit", 0}};
    });
    CHECK(daemon.answered == 0);
}

TEST_CASE("without a daemon there is no answer, and one that goes away is noticed", "[serve]")
{
    TempDir dir;
    const auto path = dir / "skurd.sock";
    CHECK_FALSE(ask_daemon(path, {{{"order", "a"}}, ""}, {}));

    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = address_of(path);
    REQUIRE(::bind(listener, static_cast<const sockaddr*>(static_cast<const void*>(&address)), sizeof address) == 0);
    REQUIRE(::listen(listener, 1) == 0);
    auto asked = std::async(std::launch::async, [&] { return ask_daemon(path, {{{"order", "a"}}, ""}, {}); });
    ::close(::accept(listener, nullptr, nullptr));
    CHECK_THROWS_WITH(asked.get(), Catch::Contains("the other side of the control socket"));
    ::close(listener);
    CHECK_FALSE(ask_daemon(path, {{{"order", "a"}}, ""}, {}));
}

TEST_CASE("a client that comes while no file descriptor is left is told so, and the next one is answered", "[serve]")
{
    Daemon daemon;
    auto client = std::make_unique<RawClient>(daemon.socket);
    client->send("{\"order\":\"look\"}\n");
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const int lowest_free = ::dup(0);
    ::close(lowest_free);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(lowest_free);
    ::setrlimit(RLIMIT_NOFILE, &none);
    daemon.serve();
    ::setrlimit(RLIMIT_NOFILE, &before);
    const auto told = client->read_all();
    client.reset();
    const auto next = daemon.told("{\"order\":\"look\"}\n");

    CHECK_THAT(told, Catch::Matchers::Contains("too many files open"));
    CHECK(daemon.answered == 1);
    CHECK(Json::parse(next) == Json{{"exit", 0}});
}
