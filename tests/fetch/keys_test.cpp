// Keys that a host wants to see: read from files, shown to nobody else.
#include "fetch/secret_file.hpp"
#include "tests/fetch/fetch_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <sstream>

using namespace skurd;
using test::failure_of;
using test::get;
using test::Names;
using test::raw_answer;
using test::RawConnection;
using test::RawServer;
using test::settings_for;
using test::SharedClock;

namespace {

const std::string secret = "s3cr3t-0123456789";

struct KeyFile {
    test::TempDir folder;
    std::filesystem::path path = folder / "key";

    explicit KeyFile(const std::string& bytes = secret + "\n", mode_t mode = 0640)
    {
        test::write_file(path, bytes);
        ::chmod(path.c_str(), mode);
    }
};

std::string refusal(const std::filesystem::path& file)
{
    try {
        return "read: " + read_secret(file);
    } catch (const Error& failure) {
        return failure.what();
    }
}

/// All that is logged, at every level, for as long as this lives.
struct Log {
    std::ostringstream text;
    std::shared_ptr<spdlog::logger> before = spdlog::default_logger();

    Log()
    {
        auto logger = std::make_shared<spdlog::logger>("t", std::make_shared<spdlog::sinks::ostream_sink_mt>(text));
        logger->set_level(spdlog::level::trace);
        spdlog::set_default_logger(logger);
    }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;
    ~Log() { spdlog::set_default_logger(before); }
};

} // namespace

TEST_CASE("a key is sent to its host, in the header it wants, and to no other", "[fetch]")
{
    const KeyFile key;
    RawServer server([](RawConnection& connection) {
        const bool first = connection.request().starts_with("GET / ");
        const auto port = connection.request().substr(connection.request().find("a.example:") + 10, 5);
        connection.send(first ? raw_answer("", {"Location: http://b.example:" + port + "/x"}, 302)
                              : raw_answer("there"));
    });
    SharedClock clock("2025-03-03T08:20:00Z");
    Names names{{{"a.example", {{"127.0.0.1"}}}, {"b.example", {{"127.0.0.1"}}}}};
    auto settings = settings_for({"a.example", "b.example"});
    settings.contact = "who@example.org";
    settings.keys["a.example"] = {"Ocp-Apim-Subscription-Key", key.path};
    CurlFetcher fetcher(settings, clock, 1, names.resolver());
    fetcher.begin_run({"a.example", "b.example"});
    const auto response = fetcher.fetch(get(server.url("a.example")), {});
    const auto requests = server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[0].find("\r\nOcp-Apim-Subscription-Key: " + secret + "\r\n") != std::string::npos);
    CHECK(requests[0].find("\r\nUser-Agent: skurd/" SKURD_VERSION " (+who@example.org)\r\n") != std::string::npos);
    CHECK(requests[1].starts_with("GET /x HTTP/1.1\r\nHost: b.example:"));
    CHECK(requests[1].find("Ocp-Apim") == std::string::npos);
    CHECK(response->body == "there");
    CHECK(response->url.find(secret) == std::string::npos);
}

TEST_CASE("a key stands in no message, whatever goes wrong", "[fetch]")
{
    const KeyFile key;
    const Log log;
    RawServer angry([](RawConnection& connection) { connection.send(raw_answer("no", {}, 503)); });
    RawServer silent([](RawConnection& connection) { connection.send("HTTP/1.1 2"); });
    SharedClock clock("2025-03-03T08:20:00Z");
    auto settings = settings_for({"127.0.0.1"});
    settings.tries = 3;
    settings.keys["127.0.0.1"] = {"X-Key", key.path};
    CurlFetcher fetcher(settings, clock, 1);
    const auto answer = fetcher.fetch(get(angry.url()), {});
    const auto failure = failure_of(fetcher, get(silent.url()));
    CHECK(answer->status == 503);
    CHECK(failure.find("no response after 3 tries") != std::string::npos);
    CHECK(failure.find(secret) == std::string::npos);
    CHECK(log.text.str().find("try 2 of 3") != std::string::npos);
    CHECK(log.text.str().find(secret) == std::string::npos);
}

TEST_CASE("a key is read when it is used, so a new one needs no restart", "[fetch]")
{
    const KeyFile key("old\n");
    RawServer server([](RawConnection& connection) { connection.send(raw_answer("")); });
    SharedClock clock("2025-03-03T08:20:00Z");
    auto settings = settings_for({"127.0.0.1"});
    settings.keys["127.0.0.1"] = {"X-Key", key.path};
    CurlFetcher fetcher(settings, clock, 1);
    fetcher.fetch(get(server.url()), {});
    test::write_file(key.path, "  new\r\n");
    fetcher.fetch(get(server.url()), {});
    CHECK(server.requests()[0].find("X-Key: old\r\n") != std::string::npos);
    CHECK(server.requests()[1].find("X-Key: new\r\n") != std::string::npos);
}

TEST_CASE("a key file that is open to everybody, or holds no key, is refused, and nothing is sent", "[fetch]")
{
    const KeyFile open(secret, 0644);
    const KeyFile empty(" \n");
    const KeyFile two_lines("a\nX-Admin: 1\n");
    const KeyFile large(std::string(4097, 'x'));
    const test::TempDir folder;
    ::mkfifo((folder / "fifo").c_str(), 0600);
    RawServer server([](RawConnection& connection) { connection.send(raw_answer("")); });
    SharedClock clock("2025-03-03T08:20:00Z");
    auto settings = settings_for({"127.0.0.1"});
    settings.keys["127.0.0.1"] = {"X-Key", open.path};
    CurlFetcher fetcher(settings, clock, 1);
    const auto failure = failure_of(fetcher, get(server.url()));

    CHECK(failure == "key file " + open.path.string() + ": is open to everybody; chmod o= it");
    CHECK(server.requests().empty());
    CHECK(refusal(empty.path) == "key file " + empty.path.string() + ": holds nothing");
    CHECK(refusal(two_lines.path).ends_with("holds something else than one line of printable ASCII"));
    CHECK(refusal(large.path).ends_with("has more than 4096 bytes"));
    CHECK(refusal(folder / "none").ends_with("cannot be read: No such file or directory"));
    CHECK(refusal(folder / "fifo").ends_with("is no file"));
}

TEST_CASE("a key that the environment gives is sent as it is, and one that is no line of ASCII refused unseen",
          "[fetch]")
{
    CHECK(secret_of({"X-Key", "", secret}) == secret);
    const KeyFile key;
    CHECK(secret_of({"X-Key", key.path}) == secret);
    try {
        secret_of({"X-Key", "", secret + "\r\nX-Other: 1"});
        FAIL("nothing was thrown");
    } catch (const Error& failure) {
        CHECK(std::string(failure.what()) ==
              "the key for the header X-Key in the environment: is something else than one line of printable ASCII");
    }
}
