// Answers that no honest server gives.
#include "base/error.hpp"
#include "fetch/curl_fetcher.hpp"
#include "tests/fetch/raw_server.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/zip_bytes.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

using namespace skurd;
using namespace std::chrono_literals;
using test::loopback_settings;
using test::raw_answer;
using test::RawConnection;
using test::RawServer;
using test::SharedClock;

namespace {

FetchSettings impatient()
{
    auto settings = loopback_settings();
    settings.tries = 1;
    settings.first_byte_timeout = 1s;
    settings.stall_timeout = 1s;
    settings.timeout = 20s;
    return settings;
}

/// The message a fetch of the server's address ends with; "" when it does not fail.
std::string failure_of(const RawServer& server, FetchSettings settings, std::stop_token stop = {})
{
    SharedClock clock("2025-03-03T08:20:00Z");
    CurlFetcher fetcher(std::move(settings), clock, 1);
    Request request;
    request.url = server.url();
    try {
        fetcher.fetch(request, std::move(stop));
    } catch (const Error& failure) {
        return failure.what();
    }
    return "";
}

/// Sends `head`, then a piece every fifth of a second for as long as the client stays.
RawServer::Answer dripping(std::string head, std::string piece)
{
    return [head = std::move(head), piece = std::move(piece)](RawConnection& connection) {
        connection.send(head);
        while (connection.still_there_after(200) && connection.send(piece)) {
        }
    };
}

/// Listens and accepts nobody; its queue is full, so that the system does not answer for it.
struct Unaccepting {
    std::vector<int> descriptors;
    int port = 0;

    Unaccepting()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(address);
        auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
        descriptors.push_back(::socket(AF_INET, SOCK_STREAM, 0));
        REQUIRE(::bind(descriptors[0], generic, size) == 0);
        REQUIRE(::listen(descriptors[0], 0) == 0);
        REQUIRE(::getsockname(descriptors[0], generic, &size) == 0);
        port = ntohs(address.sin_port);
        for (int i = 0; i < 4; ++i) {
            descriptors.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            static_cast<void>(::connect(descriptors.back(), generic, size)); // which takes as long as it takes
        }
    }
    Unaccepting(const Unaccepting&) = delete;
    Unaccepting& operator=(const Unaccepting&) = delete;
    ~Unaccepting()
    {
        for (const int fd : descriptors)
            ::close(fd);
    }
};

} // namespace

TEST_CASE("a server that does not take a connection is left", "[fetch]")
{
    const Unaccepting server;
    SharedClock clock("2025-03-03T08:20:00Z");
    auto settings = impatient();
    settings.connect_timeout = 1s;
    CurlFetcher fetcher(settings, clock, 1);
    Request request;
    request.url = "http://127.0.0.1:" + std::to_string(server.port) + "/";
    std::string failure;
    try {
        fetcher.fetch(request, {});
    } catch (const Error& trouble) {
        failure = trouble.what();
    }
    CHECK(failure.find("no response after 1 try") != std::string::npos);
    CHECK_THAT(failure, Catch::Contains("Timeout was reached") || Catch::Contains("timed out"));
}

TEST_CASE("a server that takes a request and says nothing is left", "[fetch]")
{
    RawServer server([](RawConnection& connection) { connection.still_there_after(20'000); });
    CHECK(failure_of(server, impatient()).ends_with("no response after 1 try: no response for 1 s"));
}

TEST_CASE("a response of a few bytes a second is broken off, also in its head", "[fetch]")
{
    RawServer body(dripping("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "x"));
    RawServer head(dripping("HTTP/1.1 200 OK\r\n", "X-Y: 1\r\n"));
    CHECK(failure_of(body, impatient()).ends_with("less than 100 bytes a second for 1 s"));
    CHECK(failure_of(head, impatient()).ends_with("less than 100 bytes a second for 1 s"));
}

TEST_CASE("a response just fast enough, without end, ends with the time for the whole", "[fetch]")
{
    auto settings = impatient();
    settings.timeout = 3s;
    RawServer server(dripping("HTTP/1.1 200 OK\r\n\r\n", std::string(100, 'x')));
    CHECK(failure_of(server, settings).find("Operation timed out after 30") != std::string::npos);
}

TEST_CASE("a head without end is broken off", "[fetch]")
{
    RawServer server([](RawConnection& connection) {
        connection.send("HTTP/1.1 200 OK\r\n");
        while (connection.send("X-Y: " + std::string(8000, 'y') + "\r\n")) {
        }
    });
    CHECK(failure_of(server, impatient()).find("no response after 1 try") != std::string::npos);
}

TEST_CASE("a bomb is refused whatever its compression, and also twice compressed", "[fetch]")
{
    auto settings = impatient();
    settings.bytes_max = 100'000;
    const std::string spaces(20'000'000, ' ');
    const auto once = test::deflated(spaces, 15 + 16, Z_FINISH);
    const auto twice = test::deflated(once, 15 + 16, Z_FINISH);
    const auto bare = test::deflated(spaces, 15, Z_FINISH);
    struct Row {
        std::string encoding;
        std::string body;
    };
    for (const auto& row : {Row{"gzip", once}, Row{"gzip, gzip", twice}, Row{"deflate", bare}}) {
        INFO(row.encoding << ", " << row.body.size() << " bytes as sent");
        REQUIRE(row.body.size() < settings.bytes_max);
        RawServer server([&](RawConnection& connection) {
            connection.send(raw_answer(row.body, {"Content-Encoding: " + row.encoding}));
        });
        const auto failure = failure_of(server, settings);
        CHECK(failure.ends_with("the response is larger than 100000 bytes ([fetch] max_bytes)"));
    }
}

TEST_CASE("a body longer than it says, or that says an absurd length, is not swallowed", "[fetch]")
{
    auto settings = impatient();
    settings.bytes_max = 1000;
    RawServer absurd([](RawConnection& connection) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\nx");
    });
    RawServer endless([](RawConnection& connection) {
        connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (connection.send("3E8\r\n" + std::string(1000, 'x') + "\r\n")) {
        }
    });
    CHECK(failure_of(absurd, settings).ends_with("the response is larger than 1000 bytes ([fetch] max_bytes)"));
    CHECK(failure_of(endless, settings).ends_with("the response is larger than 1000 bytes ([fetch] max_bytes)"));
}

TEST_CASE("a stop ends an exchange with a server that says nothing", "[fetch]")
{
    auto settings = impatient();
    settings.first_byte_timeout = 20s;
    std::stop_source stop;
    RawServer server([&](RawConnection& connection) {
        stop.request_stop();
        connection.still_there_after(20'000);
    });
    CHECK(failure_of(server, settings, stop.get_token()).ends_with(": stopped"));
}
