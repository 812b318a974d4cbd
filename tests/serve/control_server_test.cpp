// The server against clients that do not behave.
#include "tests/serve/served_desk.hpp"

#include <sys/resource.h>

#include <filesystem>
#include <future>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

using Clients = std::vector<std::unique_ptr<RawClient>>;

Clients clients(const ServedDesk& desk, int count, const std::string& sending)
{
    Clients all;
    for (int i = 0; i < count; ++i) {
        all.push_back(std::make_unique<RawClient>(desk.socket));
        all.back()->send(sending);
    }
    return all;
}

constexpr auto half_a_request = "POST /api/v1/orders HTTP/1.1\r\nHost: skurd\r\nContent-Le";
constexpr auto large_announced = "POST /api/v1/orders HTTP/1.1\r\nHost: skurd\r\nContent-Length: 67108864\r\n"
                                 "Content-Type: multipart/form-data; boundary=edge\r\n\r\n--edge\r\n";

/// Answers "/quick" at once, and "/slow" when the gate is open.
class SlowService final : public ServedService {
public:
    Gate gate;

    std::variant<RequestTerms, HttpResponse> begin(const HttpRequest& head) override
    {
        using Answering = RequestTerms::Answering;
        return RequestTerms{0, 0, head.path == "/slow" ? Answering::may_wait : Answering::at_once};
    }
    HttpResponse answer(const HttpRequest& request) override
    {
        if (request.path == "/slow")
            gate.wait({});
        return json_response(200, {{"path", request.path}});
    }
    HttpResponse refuse(int status, const std::string& why) override { return error_response(status, why); }
    std::optional<HttpDaemon::TimePoint> pass_time(HttpDaemon::TimePoint) override { return std::nullopt; }
};

} // namespace

TEST_CASE("what takes long to answer holds nobody up, and is answered at a stop too", "[serve]")
{
    TempDir folder;
    const UnixListener listener(folder / "http.sock");
    SlowService service;
    std::optional<HttpServer> server(std::in_place, listener.descriptor(), service);
    std::vector<std::unique_ptr<RawClient>> slow;
    for (int i = 0; i < 3; ++i) {
        slow.push_back(std::make_unique<RawClient>(folder / "http.sock"));
        slow.back()->send(request("GET /slow"));
    }
    for (int i = 0; i < 10; ++i) {
        RawClient quick(folder / "http.sock");
        quick.send(request("GET /quick"));
        CHECK(answer_in(quick.read_all()).status == 200);
    }
    CHECK_FALSE(slow.front()->is_readable(0));
    auto stopped = std::async(std::launch::async, [&] { server.reset(); });
    service.gate.open();
    stopped.get();
    CHECK_THAT(slow.front()->read_all(), Contains("{\"path\":\"/slow\"}"));
}

TEST_CASE("silent clients, half requests and announced files hold nobody up", "[serve]")
{
    ServedDesk here;
    const auto idle = clients(here, 400, "");
    const auto halves = clients(here, 20, half_a_request);
    const auto announced = clients(here, 20, large_announced);
    for (int i = 0; i < 20; ++i) {
        const auto began = std::chrono::steady_clock::now();
        const auto answer = here.ask("GET /api/v1/orders");
        const auto took = std::chrono::steady_clock::now() - began;
        CHECK(answer.status == 200);
        CHECK(took < 1s);
    }
    CHECK(here.give(ServedDesk::detached) == 1);
}

TEST_CASE("a request that is not there whole in time is given up, also one that trickles", "[serve]")
{
    ControlServerLimits limits;
    limits.server.daemon.request = 300ms;
    ServedDesk here(limits);
    for (const auto* sent : {"", half_a_request, large_announced}) {
        RawClient client(here.socket);
        client.send(sent);
        CHECK(client.read_all().find("202") == std::string::npos);
        RawClient slow(here.socket);
        slow.send(sent);
        bool is_closed = false;
        while (!is_closed) { // a byte every 5 ms
            is_closed = slow.is_readable(5);
            slow.send("x");
        }
        CHECK(slow.read_all().find("202") == std::string::npos);
    }
    CHECK(here.queue->list().empty());
    CHECK(here.ask("GET /api/v1/orders").status == 200);
}

TEST_CASE("the deadline of a connection's second request begins with the answer to the first", "[serve]")
{
    ControlServerLimits limits;
    limits.server.daemon.request = 300ms;
    ServedDesk here(limits);
    RawClient client(here.socket);
    client.send("GET /api/v1/orders HTTP/1.1\r\nHost: skurd\r\n\r\n");
    REQUIRE_FALSE(client.read_until("{\"orders\":[]}\n").empty());
    client.send("GET /api/v1/orders HTTP/1.1\r\nHost: skurd\r\n\r\n");
    REQUIRE_FALSE(client.read_until("{\"orders\":[]}\n").empty());
    client.send(half_a_request);
    CHECK(client.read_all().empty());
}

TEST_CASE("events may be waited for longer than a request may take", "[serve]")
{
    ControlServerLimits limits;
    limits.server.daemon.request = 300ms;
    ServedDesk here(limits);
    const auto reader = here.reader(here.give(ServedDesk::attached));
    REQUIRE_FALSE(reader->read_until("1\r\n\n\r\n").empty());
    here.executor.gate.open();
    CHECK_THAT(reader->read_all(), Contains("\"last\":true"));
}

TEST_CASE("where there are too many connections the one that waits longest gives way", "[serve]")
{
    ControlServerLimits limits;
    limits.server.connections = 5;
    ServedDesk here(limits);
    const auto reader = here.reader(here.give(ServedDesk::detached));
    const auto idle = clients(here, 5, "");
    for (int i = 0; i < 10; ++i)
        CHECK(here.ask("GET /api/v1/orders").status == 200);
    CHECK(idle.front()->read_all().empty());
    here.executor.gate.open();
    CHECK_THAT(reader->read_all(), Contains("\"last\":true"));
}

TEST_CASE("more files at once than may be sent are refused, not remembered", "[serve]")
{
    ControlServerLimits limits;
    limits.server.daemon.bodies = 1'000'000;
    ServedDesk here(limits);
    const std::string file = "--edge\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" +
                             std::string(1'500'000, 'x') + "\r\n--edge--\r\n";
    const auto answer = here.ask("POST /api/v1/orders", file, "multipart/form-data; boundary=edge");
    CHECK(answer.status == 503);
    CHECK_THAT(answer.json()["error"].get<std::string>(), Contains("too many files are being sent at once"));
    CHECK(here.ask("POST /api/v1/orders", file.substr(0, 500'000), "multipart/form-data; boundary=edge").status ==
          400);
}

TEST_CASE("a client that leaves in the middle of its request gives no order", "[serve]")
{
    ServedDesk here;
    for (const auto* half : {"", half_a_request, large_announced}) {
        RawClient client(here.socket);
        client.send(half);
        client.close();
    }
    CHECK(here.ask("GET /api/v1/orders").json()["orders"].empty());
}

TEST_CASE("a client that comes while no file descriptor is left is told so, and the next one is answered", "[serve]")
{
    ServedDesk here;
    const auto id = here.give(ServedDesk::detached);
    here.executor.gate.open();
    ended(*here.queue, id); // all that opens files has
    const auto open_files = [] {
        return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                             std::filesystem::directory_iterator());
    };
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    const FileDescriptor ours(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, here.socket.c_str(), sizeof address.sun_path - 1);
    REQUIRE(here.ask("GET /api/v1/orders").status == 200);
    auto open = open_files();
    for (int same = 0; same < 1000; std::this_thread::yield()) { // the server closes what it answered
        const auto now = open_files();
        same = now == open ? same + 1 : 0;
        open = now;
    }
    const int lowest_free = ::dup(0);
    ::close(lowest_free);
    rlimit none = before;
    none.rlim_cur = static_cast<rlim_t>(lowest_free);
    ::setrlimit(RLIMIT_NOFILE, &none);
    const bool connected =
        ::connect(ours.get(), static_cast<const sockaddr*>(static_cast<const void*>(&address)), sizeof address) == 0;
    std::string told;
    char piece[4096];
    for (ssize_t got = 0; (got = ::recv(ours.get(), piece, sizeof piece, 0)) > 0;)
        told.append(piece, static_cast<std::size_t>(got));
    ::setrlimit(RLIMIT_NOFILE, &before);

    CHECK(connected);
    CHECK_THAT(told, Contains("503 Service Unavailable") && Contains("too many files open"));
    CHECK(answer_in(told).json()["exit"] == 1);
    CHECK(here.ask("GET /api/v1/orders").status == 200);
}

TEST_CASE("a stop ends fifty streams within a second, each with a last line", "[serve]")
{
    auto here = std::make_unique<ServedDesk>();
    Clients readers;
    const auto attached = here->give(ServedDesk::attached);
    const auto detached = here->give(ServedDesk::detached);
    for (int i = 0; i < 25; ++i) {
        readers.push_back(here->reader(attached));
        readers.push_back(here->reader(detached));
    }
    const auto began = std::chrono::steady_clock::now();
    here.reset();
    const auto took = std::chrono::steady_clock::now() - began;
    CHECK(took < 1s);
    for (std::size_t i = 0; i < readers.size(); ++i) {
        const auto rest = readers[i]->read_all();
        CHECK_THAT(rest, Contains("\"last\":true"));
        CHECK_THAT(rest, Contains(i % 2 == 0 ? "the daemon stopped before it ended" : "when it runs again"));
    }
}

TEST_CASE("a thousand orders are taken one after the other and none is lost", "[serve]")
{
    ServedDesk here;
    here.executor.gate.open();
    constexpr int count = 1000;
    for (int i = 1; i <= count; ++i)
        CHECK(here.give(ServedDesk::detached) == i);
    for (OrderId id = count - 100; id <= count; ++id)
        CHECK(ended(*here.queue, id).state == OrderState::done);
    CHECK(here.executor.begun >= count - 1);
}
