// Answers that are produced while they are sent: over a real socket, with readers that are slow, gone or too many.
#include "lib/microhttpd/answer_threads.hpp"

#include "serve/tcp_listener.hpp"
#include "tests/serve/served_desk.hpp"

#include <atomic>
#include <condition_variable>
#include <future>
#include <mutex>
#include <sys/resource.h>
#include <unistd.h>

using namespace skurd;
using namespace skurd::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;

namespace {

constexpr std::size_t line_size = 1000;
constexpr std::size_t endless = SIZE_MAX;
constexpr std::string_view last_chunk = "\r\n0\r\n\r\n";

/// Serves bodies of as many lines as the path says, and knows how many are being produced.
class ProducingService final : public ServedService {
public:
    std::variant<RequestTerms, HttpResponse> begin(const HttpRequest& head) override
    {
        RequestTerms terms;
        terms.answering = head.path == "/healthz"   ? RequestTerms::Answering::at_once
                          : head.path == "/metrics" ? RequestTerms::Answering::may_wait
                                                    : RequestTerms::Answering::takes_long;
        return terms;
    }

    HttpResponse answer(const HttpRequest& request) override
    {
        HttpResponse response;
        if (request.path.starts_with("/lines/")) {
            const auto count = request.path == "/lines/endless"
                                   ? endless
                                   : static_cast<std::size_t>(std::stoul(request.path.substr(7)));
            response.produce = [this, count](const BodyWriter& write) { return lines(count, write); };
        } else if (request.path.starts_with("/fails/")) {
            const auto after = static_cast<std::size_t>(std::stoul(request.path.substr(7)));
            response.produce = [this, after](const BodyWriter& write) -> std::optional<HttpResponse> {
                lines(after, write);
                throw error("the disk is gone");
            };
        } else {
            response.body = "well\n";
        }
        return response;
    }

    HttpResponse refuse(int status, const std::string& why) override
    {
        HttpResponse response;
        response.status = status;
        response.body = why + "\n";
        return response;
    }

    std::optional<HttpDaemon::TimePoint> pass_time(HttpDaemon::TimePoint) override { return std::nullopt; }

    /// Waits until so many are being produced.
    bool has(std::size_t count)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 30s, [&] { return producing_ == count; });
    }

private:
    std::optional<HttpResponse> lines(std::size_t count, const BodyWriter& write)
    {
        const Counted counted(*this);
        const std::string line = std::string(line_size - 1, 'x') + "\n";
        for (std::size_t i = 0; i < count; ++i)
            write(line);
        return std::nullopt;
    }

    struct Counted {
        explicit Counted(ProducingService& its_service) : service(its_service) { service.count(1); }
        ~Counted() { service.count(-1); }
        Counted(const Counted&) = delete;
        Counted& operator=(const Counted&) = delete;
        ProducingService& service;
    };
    void count(int change)
    {
        const std::lock_guard lock(mutex_);
        producing_ += static_cast<std::size_t>(change);
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t producing_ = 0;
};

struct Producing {
    explicit Producing(const HttpServerLimits& limits = {})
        : listener(TcpAddress{"127.0.0.1", 0}), server(std::in_place, listener.descriptor(), service, limits)
    {
    }

    std::unique_ptr<RawClient> ask(const std::string& path) const
    {
        auto client = std::make_unique<RawClient>(listener.address().port);
        client->send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        return client;
    }
    Answer answer(const std::string& path) const { return answer_in(ask(path)->read_all()); }

    ProducingService service;
    TcpListener listener;
    std::optional<HttpServer> server;
};

/// What chunks hold (RFC 9112, 7.1), and whether the last one came.
std::pair<std::string, bool> unchunked(const std::string& body)
{
    std::string bytes;
    for (std::size_t at = 0;;) {
        const auto end = body.find("\r\n", at);
        if (end == std::string::npos)
            return {bytes, false};
        const auto size = std::stoul(body.substr(at, end - at), nullptr, 16);
        if (size == 0)
            return {bytes, true};
        if (end + 2 + size > body.size())
            return {bytes, false};
        bytes.append(body, end + 2, size);
        at = end + 2 + size + 2;
    }
}

} // namespace

TEST_CASE("a long answer is sent in chunks while it is produced, a short one with its length", "[serve]")
{
    const Producing here;
    const auto answer = here.answer("/lines/9000");
    CHECK(answer.status == 200);
    CHECK_THAT(answer.head, Contains("Transfer-Encoding: chunked"));
    const auto [bytes, is_whole] = unchunked(answer.body);
    CHECK(is_whole);
    CHECK(bytes.size() == 9000 * line_size);
    CHECK(std::count(bytes.begin(), bytes.end(), '\n') == 9000);
    CHECK_THAT(here.answer("/lines/3").head, Contains("Content-Length: 3000"));
}

TEST_CASE("whoever else is slow, health is told and other answers are given; a ninth long one is refused", "[serve]")
{
    Producing here;
    std::vector<std::unique_ptr<RawClient>> readers;
    for (std::size_t i = 0; i < AnswerThreads::sending_max; ++i) {
        readers.push_back(here.ask("/lines/endless"));
        REQUIRE_FALSE(readers.back()->read_until("xxx").empty());
    }
    CHECK(here.service.has(AnswerThreads::sending_max));
    for (const auto* path : {"/healthz", "/metrics", "/page", "/lines/3"})
        CHECK(here.answer(path).status == 200);
    const auto refused = here.answer("/lines/endless");
    CHECK(refused.status == 503);
    CHECK_THAT(refused.body, Contains("too many answers are being sent"));
    readers.pop_back();
    CHECK(here.service.has(AnswerThreads::sending_max - 1));
    CHECK(here.answer("/lines/9000").status == 200);
}

TEST_CASE("what takes long is computed at a lower priority than health, so that a harvest goes on", "[serve]")
{
    AnswerThreads threads;
    const auto niceness = [&](RequestTerms::Answering kind) {
        std::promise<int> found;
        REQUIRE(
            threads.add(kind, [&] { found.set_value(::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()))); }));
        return found.get_future().get();
    };
    const auto own = ::getpriority(PRIO_PROCESS, 0);
    CHECK(niceness(RequestTerms::Answering::may_wait) == own);
    CHECK(niceness(RequestTerms::Answering::takes_long) == std::min(own + AnswerThreads::long_niceness, 19));
}

TEST_CASE("a reader that takes nothing is cut off, and what was produced for it ends", "[serve]")
{
    HttpServerLimits limits;
    limits.daemon.stuck_body = 300ms;
    Producing here(limits);
    const auto reader = here.ask("/lines/endless");
    REQUIRE_FALSE(reader->read_until("xxx").empty());
    CHECK(here.service.has(1));
    CHECK(here.service.has(0));
    CHECK_FALSE(reader->read_all().ends_with(last_chunk));
}

TEST_CASE("an answer that has taken too long is cut off, however much its reader takes", "[serve]")
{
    HttpServerLimits limits;
    limits.daemon.body = std::chrono::minutes(0);
    const Producing here(limits);
    CHECK_FALSE(unchunked(here.answer("/lines/endless").body).second);
}

TEST_CASE("what fails at its beginning has a status, and what fails later is seen to be cut off", "[serve]")
{
    const Producing here;
    const auto early = here.answer("/fails/3");
    CHECK(early.status == 500);
    CHECK_THAT(early.body, Contains("the disk is gone"));
    const auto late = here.answer("/fails/9000");
    CHECK(late.status == 200);
    CHECK_FALSE(unchunked(late.body).second);
}

TEST_CASE("a server ends at once, whatever it is sending", "[serve]")
{
    Producing here;
    const auto reader = here.ask("/lines/endless");
    REQUIRE_FALSE(reader->read_until("xxx").empty());
    const auto before = std::chrono::steady_clock::now();
    here.server.reset();
    CHECK(std::chrono::steady_clock::now() - before < 5s);
    CHECK(here.service.has(0));
    CHECK_FALSE(reader->read_all().ends_with(last_chunk));
}

TEST_CASE("a thousand idle connections keep nobody from being answered", "[serve]")
{
    const Producing here;
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 1000; ++i)
        idle.push_back(std::make_unique<RawClient>(here.listener.address().port));
    CHECK(here.answer("/healthz").status == 200);
    CHECK(here.answer("/lines/9000").status == 200);
}
