// `skurd serve --read-only`: a web host that has a file and nothing else.
#include "lib/json/json.hpp"
#include "serve/tcp_listener.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/serve/served_desk.hpp"
#include "tests/store/store_fixture.hpp"

#include <csignal>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

Answer asked(std::uint16_t port, const std::string& line, const std::string& more = "")
{
    RawClient client(port);
    client.send(line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + more + "\r\n");
    return answer_in(client.read_all());
}

} // namespace

TEST_CASE("a backup is served for reading, without a state folder, a job or a write", "[app]")
{
    StoreFixture store;
    store.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    const TempDir folder;
    const auto made = skurd::test::skurd(store.folder.path(), {"backup", (folder / "copy.db").string()});
    INFO(made.err);
    REQUIRE(made.exit == 0);
    const auto before = read_file(folder / "copy.db");
    const auto port = TcpListener(TcpAddress{"127.0.0.1", 0}).address().port;
    Running server(folder / "no-state", {"serve", "--read-only", (folder / "copy.db").string(), "--listen",
                                         "127.0.0.1:" + std::to_string(port)});
    REQUIRE(server.wait_for("serving"));
    CHECK_THAT(asked(port, "GET /api/v1/data?selector=drop/table").body, Contains("\"value\":\"10\""));
    for (const auto* path : {"/", "/data?dataset=drop/table", "/sources", "/flags", "/healthz", "/readyz", "/metrics",
                             "/api/v1/status", "/api/v1/orders", "/pxweb/v2/tables", "/sdmx/dataflow"}) {
        INFO(path);
        CHECK(asked(port, std::string("GET ") + path).status == 200);
    }
    const auto refused =
        asked(port, "POST /api/v1/orders", "Content-Type: application/json\r\nContent-Length: 2\r\n");
    CHECK(refused.status == 403);
    CHECK_THAT(refused.body, Contains("served for reading"));
    server.signal(SIGTERM);
    CHECK(server.wait() == 0);
    CHECK(read_file(folder / "copy.db") == before);
    CHECK_FALSE(std::filesystem::exists(folder / "no-state"));
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path()))
        ++files;
    CHECK(files == 1);
}

TEST_CASE("a file that is no store is not served, and neither is an address that is none", "[app]")
{
    const TempDir folder;
    write_file(folder / "x.db", "no store");
    CHECK(skurd::test::skurd(folder / "s", {"serve", "--read-only", (folder / "x.db").string()}).exit == 1);
    CHECK(skurd::test::skurd(folder / "s", {"serve", "--read-only", (folder / "none.db").string()}).exit == 2);
    CHECK(skurd::test::skurd(folder / "s", {"serve", "--listen", "127.0.0.1:1"}).exit == 2);
    const auto wrong =
        skurd::test::skurd(folder / "s", {"serve", "--read-only", (folder / "x.db").string(), "--listen", "here"});
    CHECK_THAT(wrong.err, Contains("--listen: 'here' is no address"));
}
