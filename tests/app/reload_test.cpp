// A daemon that is told to read anew, and what it says of itself meanwhile.
#include "lib/curl/socket_client.hpp"
#include "serve/tcp_listener.hpp"
#include "tests/support/installed.hpp"

#include <csignal>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

constexpr auto quiet = "[jobs]\nshipped = false\n[serve]\nlisten = []\n[log]\nformat = \"json\"\n";

SocketResponse ask_socket(const std::filesystem::path& socket, const std::string& path)
{
    SocketClient client(socket);
    SocketRequest request;
    request.path = path;
    return std::get<SocketResponse>(client.perform(request));
}

} // namespace

TEST_CASE("reload tells what came of it, and a mistake leaves all as it was", "[app]")
{
    const TempDir folder;
    const auto state = folder / "state";
    const auto configuration = (folder / "skurd.toml").string();
    const auto reload = [&] { return skurd::test::skurd(state, {"reload", "--config", configuration}); };
    write_file(configuration, quiet);
    const auto nobody = reload();
    CHECK(nobody.exit == 1);
    CHECK_THAT(nobody.err, StartsWith("skurd: no daemon runs that could read anything anew"));

    Running daemon(state, {"serve", "--config", configuration});
    REQUIRE(daemon.wait_for(R"("level":"info","message":"serving 0 jobs)"));
    const auto good = reload();
    CHECK(good.exit == 0);
    CHECK(good.out == "configuration, jobs and catalogue are read anew: 0 jobs\n");
    CHECK(daemon.wait_for(R"("trigger":"order 1, given by )"));

    write_file(configuration, std::string(quiet) + "[fetch]\ntrise = 3\n");
    const auto refused = reload();
    CHECK(refused.exit == 2);
    CHECK(refused.out.empty());
    CHECK_THAT(refused.err, Contains("skurd: not read anew: " + configuration + ":8: unknown key 'trise'"));
    CHECK_THAT(ask_socket(state / "skurd.sock", "/metrics").body, Contains("skurd_configuration_reload_good 0\n"));
    CHECK_THAT(ask_socket(state / "skurd.sock", "/api/v1/status").body, Contains("unknown key 'trise'"));
    const auto as_json = skurd::test::skurd(state, {"reload", "--json", "--config", configuration});
    CHECK(as_json.exit == 2);
    CHECK(Json::parse(as_json.out)["mistakes"].size() == 1);

    daemon.signal(SIGTERM);
    CHECK(daemon.wait() == 0);
}

TEST_CASE("a daemon whose address is taken says which, and ends", "[app]")
{
    const TempDir folder;
    const TcpListener taken({"127.0.0.1", 0});
    const auto configuration = (folder / "skurd.toml").string();
    write_file(configuration, "[jobs]\nshipped = false\n[serve]\nlisten = [\"" + to_text(taken.address()) + "\"]\n");
    const auto ended = skurd::test::skurd(folder / "state", {"serve", "--config", configuration});
    CHECK(ended.exit == 1);
    CHECK_THAT(ended.err, Contains("skurd: " + to_text(taken.address()) + " is taken: another program"));
}
