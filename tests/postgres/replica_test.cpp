// Readers are given a replica of the server: it is read, says how far behind it may be, and has whole releases only.
#include "lib/postgres/connection.hpp"
#include "serve/tcp_listener.hpp"
#include "store/observation_store.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/serve/served_desk.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/postgres_server.hpp"

#include <csignal>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

/// Two servers. What is committed on the first is there on the second, once the commit has returned.
struct Replicated {
    static std::unique_ptr<Replicated> here()
    {
        // Nobody waits for a replica before there is one.
        auto primary = PostgresServer::another({"synchronous_standby_names=*", "synchronous_commit=local"});
        return primary ? std::unique_ptr<Replicated>(new Replicated(std::move(primary))) : nullptr;
    }

    std::string there() const { return replica->url("d1"); }
    void on_replica(const std::string& sql) const { PostgresConnection({replica->url("postgres"), ""}).exec(sql); }
    void commits_return_when(const std::string& level) const
    {
        PostgresConnection({primary->url("postgres"), ""})
            .exec("ALTER DATABASE d1 SET synchronous_commit = " + level);
    }

    std::unique_ptr<PostgresServer> primary;
    std::string url;
    std::unique_ptr<PostgresServer> replica;

private:
    explicit Replicated(std::unique_ptr<PostgresServer> its_primary)
        : primary(std::move(its_primary)), url(primary->new_database()), replica(PostgresServer::replica_of(*primary))
    {
        commits_return_when("remote_apply");
    }
};

/// The replica receives, and shows nothing of it, to the end of the object.
struct Paused {
    explicit Paused(const Replicated& of) : servers(of)
    {
        servers.commits_return_when("on"); // received, whether or not it is shown
        servers.on_replica("SELECT pg_wal_replay_pause()");
    }
    ~Paused() { servers.on_replica("SELECT pg_wal_replay_resume()"); }
    Paused(const Paused&) = delete;
    Paused& operator=(const Paused&) = delete;

    const Replicated& servers;
};

std::size_t cells_in(const StoreSession& store)
{
    const auto selector = Selector::parse("drop/table");
    return ObservationStore(store).has(selector) ? ObservationStore(store).as_of(selector, {}).size() : 0;
}

} // namespace

TEST_CASE("a replica has whole releases only, and says how far behind it may be", "[postgres]")
{
    const auto servers = Replicated::here();
    if (!servers)
        return;
    StoreFixture written(servers->url);
    written.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    const TempDir folder;
    const StoreSession replica(place_of(folder.path(), servers->there()), StoreSession::Access::read, written.clock);
    CHECK(cells_in(replica) == 1);
    CHECK(replica.behind() == std::chrono::seconds(0));
    CHECK_FALSE(written.store.behind());
    CHECK_THAT(message_of([&] {
                   StoreSession(place_of(folder.path(), servers->there()), StoreSession::Access::write,
                                written.clock);
               }),
               Contains("read-only"));
    {
        const StoreSession::View one_instant(replica);
        CHECK(cells_in(replica) == 1);
        StoreSession::Transaction transaction(written.store);
        written.accept(release_of({"2018", "2019"}, {{"1", {"11", "12"}}, {"2", {"1", "2"}}}), "2020-01-01");
        CHECK(cells_in(replica) == 1);
        transaction.commit();
        CHECK(cells_in(replica) == 1);
    }
    CHECK(cells_in(replica) == 4);

    const Paused paused(*servers);
    PostgresConnection({servers->url, ""}).exec("CREATE TABLE of_somebody_else (id INTEGER)");
    CHECK(replica.behind() > std::chrono::seconds(0));
}

TEST_CASE("page and read API are served from a replica", "[postgres]")
{
    const auto servers = Replicated::here();
    if (!servers)
        return;
    StoreFixture written(servers->url);
    written.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    const TempDir folder;
    const auto port = TcpListener(TcpAddress{"127.0.0.1", 0}).address().port;
    Running server(folder / "no-state",
                   {"serve", "--read-only", servers->there(), "--listen", "127.0.0.1:" + std::to_string(port)});
    REQUIRE(server.wait_for("serving"));
    const auto asked = [port](const std::string& path) {
        RawClient client(port);
        client.send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        return answer_in(client.read_all());
    };
    for (const auto* path : {"/", "/data?dataset=drop/table", "/sources", "/flags", "/readyz", "/pxweb/v2/tables",
                             "/sdmx/dataflow", "/api/v1/datasets"}) {
        INFO(path);
        CHECK(asked(path).status == 200);
    }
    const auto data = asked("/api/v1/data?selector=drop/table");
    CHECK_THAT(data.body, Contains("\"value\":\"10\""));
    CHECK_THAT(data.head, Contains("Skurd-Behind-Seconds: 0\r\n"));
    CHECK_THAT(asked("/?lang=en").body, Contains("Read from a replica that is up to date."));
    CHECK_THAT(asked("/?lang=nb").body, Contains("Lest fra en kopi som er à jour."));
    CHECK_THAT(asked("/metrics").body, Contains("skurd_store_behind_seconds 0"));
    CHECK_THAT(asked("/api/v1/status").body, Contains("read from a replica, which may be 0 s behind"));

    const Paused paused(*servers);
    PostgresConnection({servers->url, ""}).exec("CREATE TABLE of_somebody_else (id INTEGER)");
    const auto later = asked("/api/v1/data?selector=drop/table").head;
    CHECK_THAT(later, Contains("Skurd-Behind-Seconds: ") && !Contains("Skurd-Behind-Seconds: 0\r\n"));
    CHECK_THAT(asked("/?lang=en").body, Contains("Read from a replica that may be "));
    server.signal(SIGTERM);
    CHECK(server.wait() == 0);
}
