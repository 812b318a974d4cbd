// The program with its store on PostgreSQL beside one on SQLite: the same files, the same reports to the byte.
#include "lib/json/json.hpp"
#include "lib/postgres/connection.hpp"
#include "lib/postgres/statement.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/postgres_server.hpp"
#include "tests/support/program.hpp"

#include <algorithm>
#include <csignal>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

/// A state folder in which the status reports that come with the project wait to be harvested.
struct Harvesting {
    explicit Harvesting(const std::string& store)
    {
        write_file(folder / "skurd.toml", store);
        fs::create_directories(folder / "state/drop");
        for (const auto& entry : fs::directory_iterator(SKURD_SOURCE_DIR "/deploy/first-harvest")) {
            const auto file = folder.path() / "state/drop" / entry.path().filename();
            fs::copy(entry.path(), file);
            fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::hours(1));
        }
    }

    Ended run(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--config", (folder / "skurd.toml").string()});
        return skurd::test::skurd(folder / "state", arguments);
    }

    TempDir folder;
};

std::string store_at(const std::string& url)
{
    return "[store]\nurl = \"" + url + "\"\n";
}

} // namespace

TEST_CASE("the first reports are the same to the byte from a store on PostgreSQL", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    const Harvesting file("");
    const Harvesting other(store_at(url));
    for (const auto* one : {&file, &other}) {
        const auto ended = one->run({"harvest", "status-report-1", "status-report-3"});
        INFO(ended.out << ended.err);
        REQUIRE(ended.exit == 0);
    }
    const std::vector<std::vector<std::string>> questions = {
        {"report", "--set", "1", "--as-of", "2018-06-01"},
        {"report", "--set", "3", "--period", "2018"},
        {"report", "--set", "3", "--period", "2018", "--format", "html"},
        {"report", "--set", "3", "--period", "2018", "--format", "json"},
        {"diff", "--sets", "1", "3"},
        {"flags", "--lang", "en"},
        {"history", "9"},
        {"why", "39"},
        {"get", "drop/status-report", "--as-of", "2018-06-01"}};
    for (const auto& question : questions) {
        const auto from_file = file.run(question);
        const auto from_server = other.run(question);
        INFO(question[0] << ": " << from_server.err);
        CHECK(from_server.exit == from_file.exit);
        CHECK(from_file.out.size() > 100);
        CHECK((from_server.out == from_file.out)); // not to be printed
    }
    CHECK_FALSE(fs::exists(other.folder / "state/skurd.db"));
    CHECK_FALSE(fs::exists(other.folder / "state/payloads"));
    CHECK_THAT(other.run({"verify"}).out, Contains("2 payloads: all is well\n"));
    CHECK_THAT(other.run({"status"}).out, !Contains("skurd.db") && Contains("2 vintages, 38 open flags"));

    CHECK_THAT(other.run({"publish"}).out, Contains("published/") && Contains("content head: "));
    CHECK_THAT(other.run({"verify", (other.folder / "state/published/latest/skurd.db").string()}).out,
               Contains("all is well"));
    const auto backup = (other.folder / "backup.db").string();
    CHECK_THAT(other.run({"backup", backup, "--rehearse"}).out, Contains("2 vintages, 2 payloads\ncontent head: "));
    const auto refused = other.run({"restore", backup});
    CHECK(refused.exit == 2);
    CHECK_THAT(refused.err, Contains("there is a store already") && Contains("a new database"));
    const Harvesting restored(store_at(server->new_database()));
    CHECK_THAT(restored.run({"restore", backup}).out, Contains("2 vintages with 631 cells, 2 payloads; verified"));
    CHECK(restored.run({"history", "9"}).out == file.run({"history", "9"}).out);
    const auto copied = other.run({"store", "copy", url, (other.folder / "again").string()});
    CHECK_THAT(copied.out, Contains("2 vintages with 631 cells, 2 payloads; verified, content head "));
    CHECK(skurd::test::skurd(other.folder / "again", {"history", "9"}).out == file.run({"history", "9"}).out);
}

TEST_CASE("a daemon whose server went away ends, to be begun anew", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const Harvesting other(store_at(server->new_database()) + "[serve]\nlisten = []\n[jobs]\nshipped = false\n");
    write_file(other.folder / "schedules/tall.toml", tall_job);
    Running daemon(other.folder / "state", {"serve", "--config", (other.folder / "skurd.toml").string()});
    REQUIRE(daemon.wait_for("serving 1 jobs"));
    PostgresConnection connection({server->url("postgres"), ""});
    connection.exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname LIKE 'd%'");
    daemon.signal(SIGHUP); // no minute is waited for
    CHECK(daemon.wait_for("the connection to the store was lost"));
    CHECK(daemon.wait() == 1);
    CHECK(other.run({"harvest", "tall"}).exit == 0);
    CHECK_THAT(other.run({"verify"}).out, Contains("all is well"));
}

TEST_CASE("a daemon ends when a newer program waits to bring the store up to date, and reading goes on", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    const Harvesting here(store_at(url) + "[serve]\nlisten = []\n[jobs]\nshipped = false\n");
    write_file(here.folder / "schedules/tall.toml", tall_job);
    Running daemon(here.folder / "state", {"serve", "--config", (here.folder / "skurd.toml").string()});
    REQUIRE(daemon.wait_for("serving 1 jobs"));
    PostgresConnection newer({url, ""});
    newer.exec("INSERT INTO upgrade (version, program, host, until) VALUES (99, '9.9', 'elsewhere',"
               " '2999-01-01T00:00:00Z')");
    here.run({"harvest", "tall"}); // no minute is waited for: this has it look
    CHECK(daemon.wait_for("skurd 9.9 on elsewhere waits to bring the store to schema version 99"));
    CHECK(daemon.wait() == 1);
    const auto begun = here.run({"harvest", "tall"});
    CHECK(begun.exit == 1);
    CHECK_THAT(begun.err, Contains("install that version here too; reading goes on until then"));
    CHECK(here.run({"runs"}).exit == 0);
    newer.exec("DELETE FROM upgrade");
    CHECK(here.run({"harvest", "tall"}).exit == 0);
}

TEST_CASE("what all work by is in the store, version by version, and no secret is", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto url = server->new_database();
    const Harvesting here(store_at(url) +
                          "[fetch]\nproxy = \"http://kari:geheim@proxy.example:3128\"\n[jobs]\nshipped = false\n"
                          "[notify.channels.desk]\nkind = \"webhook\"\n"
                          "url = \"https://hooks.example/services/geheim\"\n");
    write_file(here.folder / "schedules/tall.toml", tall_job);
    REQUIRE(here.run({"harvest", "tall"}).exit == 0);
    REQUIRE(here.run({"harvest", "tall"}).exit == 0);
    write_file(here.folder / "schedules/tall.toml", std::string(tall_job) + "# otherwise\n");
    REQUIRE(here.run({"harvest", "tall"}).exit == 0);
    const auto versions = Json::parse(here.run({"config", "--versions", "--json"}).out);
    REQUIRE(versions.size() == 2);
    CHECK_THAT(here.run({"config", "--versions"}).out,
               Contains(versions[1]["version"].get<std::string>().substr(0, 12)));
    const auto text_of = [&](std::size_t version, const std::string& kind, const std::string& name) {
        for (const auto& text :
             Json::parse(here.run({"config", "--texts", versions[version]["version"], "--json"}).out))
            if (text["kind"] == kind && text["name"] == name)
                return text["text"].get<std::string>();
        return std::string("there is none");
    };
    CHECK(text_of(1, "job", "tall") == tall_job);
    CHECK(text_of(0, "job", "tall") == std::string(tall_job) + "# otherwise\n");
    CHECK_THAT(text_of(0, "configuration", "skurd.toml"),
               Contains("[jobs]\nshipped = false\n") && Contains("url = \"https://hooks.example/***\"") &&
                   Contains("proxy = \"http://kari:***@proxy.example:3128\"") && Contains(url));
    CHECK(text_of(0, "catalogue", "goal-1.toml") != "there is none");
    CHECK_THAT(here.run({"config", "--texts", versions[1]["version"].get<std::string>().substr(0, 8)}).out,
               Contains("==> job tall <==\n") && !Contains("# otherwise"));
    CHECK(here.run({"config", "--texts", "0000"}).exit == 2);
    PostgresConnection connection({url, ""});
    PostgresStatement secrets(connection, "SELECT count(*) FROM configuration_text WHERE text LIKE '%geheim%'");
    REQUIRE(secrets.step());
    CHECK(secrets.view(0) == "0");
    const Harvesting file("");
    CHECK_THAT(file.run({"config", "--versions"}).err, Contains("the store is a file"));
}

TEST_CASE("two daemons, each with a folder of its own, serve one store, and status shows both", "[postgres]")
{
    auto* server = PostgresServer::running();
    if (!server)
        return;
    const auto store = store_at(server->new_database()) + "[serve]\nlisten = []\n[jobs]\nshipped = false\n";
    const Harvesting one(store);
    const Harvesting other(store);
    const Harvesting strange(store);
    for (const auto* each : {&one, &other, &strange})
        write_file(each->folder / "schedules/tall.toml", tall_job);
    write_file(strange.folder / "schedules/tall.toml", std::string(tall_job) + "# otherwise\n");
    Running first(one.folder / "state", {"serve", "--config", (one.folder / "skurd.toml").string()});
    REQUIRE(first.wait_for("serving 1 jobs"));
    Running second(other.folder / "state", {"serve", "--config", (other.folder / "skurd.toml").string()});
    REQUIRE(second.wait_for("serving 1 jobs"));
    CHECK(one.run({"harvest", "tall"}).exit == 0);
    CHECK(other.run({"harvest", "tall"}).exit == 0);
    const auto refused = strange.run({"harvest", "tall"});
    CHECK(refused.exit == 3);
    CHECK_THAT(refused.err, Contains("work by another configuration, other jobs or another catalogue"));
    const auto status = Json::parse(one.run({"status", "--json"}).out);
    REQUIRE(status["harvesters"].size() == 2);
    std::vector<std::string> duties;
    for (const auto& each : status["harvesters"]) {
        CHECK(each["agrees"] == true);
        for (const auto& duty : each["duties"])
            duties.push_back(duty);
    }
    std::sort(duties.begin(), duties.end());
    CHECK(duties == std::vector<std::string>{"messages", "publication", "upkeep"});
    CHECK_THAT(one.run({"status"}).out, Contains("holds until"));
    first.signal(SIGTERM);
    CHECK(first.wait() == 0);
    CHECK(Json::parse(other.run({"status", "--json"}).out)["harvesters"].size() == 1);
}
