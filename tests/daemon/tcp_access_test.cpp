// The token for who writes over TCP, and addresses that cannot be had.
#include "daemon/tcp.hpp"

#include "base/error.hpp"
#include "daemon/harvester.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/temp_dir.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// Settings with a token file of that mode.
ServeSettings with_token(const TempDir& folder, const std::string& token, mode_t mode)
{
    ServeSettings settings;
    settings.token_file = folder / "token";
    write_file(settings.token_file, token);
    ::chmod(settings.token_file.c_str(), mode);
    return settings;
}

} // namespace

TEST_CASE("a token stands in a file that its owner alone can read", "[daemon]")
{
    const TempDir folder;
    CHECK(tcp_access(with_token(folder, "0123456789abcdef\n", 0600)).token == "0123456789abcdef");
    CHECK(tcp_access(with_token(folder, "0123456789abcdef\n", 0400)).token == "0123456789abcdef");
    CHECK_THROWS_WITH(tcp_access(with_token(folder, "0123456789abcdef\n", 0640)),
                      Contains("token: is open to its group; chmod go= it"));
    CHECK_THROWS_WITH(tcp_access(with_token(folder, "0123456789abcdef\n", 0604)),
                      Contains("token: is open to everybody"));
    CHECK_THROWS_WITH(tcp_access(with_token(folder, "0123456789abcde\n", 0600)),
                      Contains("token: a token has at least 16 characters"));
    CHECK_THROWS_WITH(tcp_access(with_token(folder, "\n", 0600)), Contains("holds nothing"));
    CHECK(tcp_access({}).token.empty());
}

TEST_CASE("an address of the operator's that is taken ends the start, the default's does not", "[daemon]")
{
    const TempDir folder;
    ManualClock clock{"2026-03-02"};
    write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n");
    Workspace workspace(find_installation((folder / "skurd.toml").string(), (folder / "state").string()), clock);
    const TcpListener taken({"127.0.0.1", 0});
    auto& serve = workspace.settings.serve;
    serve.listen = {taken.address()};
    struct NoDesk : OrderDesk {
        OrderId submit(const Order&, const OrderGiver&, Attachment) override { return 0; }
        std::vector<OrderRecord> list() const override { return {}; }
        std::optional<OrderRecord> find(OrderId) const override { return {}; }
        std::optional<std::string> result(OrderId) const override { return {}; }
        std::vector<OrderEvent> events(OrderId, std::int64_t, std::chrono::milliseconds) const override { return {}; }
        void cancel(OrderId, const std::string&) override {}
    } desk;
    CHECK(serve_tcp(workspace, desk, {}) == nullptr);
    serve.addresses = ServeSettings::Addresses::stated;
    CHECK_THROWS_WITH(serve_tcp(workspace, desk, {}), Contains(to_text(taken.address()) + " is taken"));
    serve.listen = {{"127.0.0.1", 0}};
    CHECK(serve_tcp(workspace, desk, {}) != nullptr);
    serve.listen.clear();
    CHECK(serve_tcp(workspace, desk, {}) == nullptr);
}

TEST_CASE("sockets that listen already are told apart by what they are for", "[daemon]")
{
    const TempDir folder;
    const auto tcp = [] {
        FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        ::listen(socket.get(), 1); // at any address and port
        return socket;
    };
    const auto control = [] { return FileDescriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)); };
    std::vector<FileDescriptor> both;
    both.push_back(tcp());
    both.push_back(control());
    auto found = by_kind(std::move(both));
    CHECK(found.control.has_value());
    REQUIRE(found.tcp.size() == 1);
    CHECK(found.tcp[0].address().host == "0.0.0.0");
    CHECK(found.tcp[0].address().port != 0);
    CHECK_FALSE(by_kind({}).control);

    std::vector<FileDescriptor> two;
    two.push_back(control());
    two.push_back(control());
    CHECK_THROWS_WITH(by_kind(std::move(two)), Contains("two Unix sockets were passed on"));
    std::vector<FileDescriptor> neither;
    neither.emplace_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    CHECK_THROWS_WITH(by_kind(std::move(neither)), Contains("is none of TCP"));
}

TEST_CASE("the order to reload is carried out, or refused with the reasons", "[daemon]")
{
    const TempDir folder;
    ManualClock clock{"2026-03-02"};
    write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n");
    Harvester desk(find_installation((folder / "skurd.toml").string(), (folder / "state").string()), clock);
    const auto reload = [&] { return std::get<ReloadResult>(desk.execute(ReloadOrder{}, {}, {})); };
    CHECK(reload().mistakes.empty());
    CHECK(reload().exit() == ExitCode::good);
    write_file(folder / "skurd.toml", "[jobs]\nshipped = false\n[store]\nkeep_payloads = \"no\"\n[fech]\n");
    const auto refused = reload();
    CHECK(refused.exit() == ExitCode::usage);
    REQUIRE(refused.mistakes.size() == 2);
    CHECK_THAT(refused.mistakes[0], Contains("skurd.toml:4"));
    write_file(folder / "skurd.toml",
               "[jobs]\nshipped = false\n[serve]\ntoken_file = \"" + (folder / "token").string() + "\"\n");
    REQUIRE(reload().mistakes.size() == 1);
    CHECK_THAT(reload().mistakes[0], Contains("key file"));
}
