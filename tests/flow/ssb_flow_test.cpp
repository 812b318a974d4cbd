// Statistics Norway, simulated, harvested over HTTP by the built program: a release, a revision, both kept.
#include "lib/json/json.hpp"
#include "store/engine/statement.hpp"
#include "store/store_session.hpp"
#include "tests/sim/sim_ssb.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/program.hpp"
#include "tests/support/store_engine.hpp"
#include "tests/support/temp_dir.hpp"

#include <map>

using namespace skurd::test;
using skurd::Json;
using namespace skurd::sim;
using Catch::Matchers::Contains;

namespace {

/// A simulated agency, and an installation that harvests one table of it.
struct Scene {
    Scene()
    {
        sim.add_table(SimTable::read(skurd::Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
        write_file(folder / "skurd.toml", "[fetch]\nallow_private = [\"127.0.0.1\"]\nallow_http = [\"127.0.0.1\"]\n");
        write_file(folder / "schedules/befolkning.toml", R"toml(
[job]
connector = "ssb"
[source]
table = "07459"
blackout = "none"
expect = "Befolkning"
base_url = ")toml" + sim.base_url() + R"toml("
[source.select]
Region = ["0", "0301"]
Kjonn = ["*"]
Alder = ["000"]
ContentsCode = ["Personer1"]
Tid = ["from(2024)"]
)toml");
    }

    void add_to_source(const std::string& line) const
    {
        auto job = read_file((folder / "schedules/befolkning.toml").string());
        write_file(folder / "schedules/befolkning.toml", job.insert(job.find("blackout"), line + "\n"));
    }

    Json json(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.end(), {"--json", "--config", (folder / "skurd.toml").string()});
        const auto ended = skurd::test::skurd(folder / "state", arguments);
        INFO(ended.out << ended.err);
        REQUIRE(ended.exit == 0);
        return Json::parse(ended.out);
    }

    Json harvest() const { return json({"harvest", "befolkning"})[0]; }

    std::string value(std::vector<std::string> more = {}) const
    {
        std::vector<std::string> arguments = {"get", "ssb/07459{Region=0,Kjonn=1}"};
        arguments.insert(arguments.end(), {"--period", "2025"});
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto rows = json(arguments);
        return rows.size() == 1 && rows[0]["value"].is_string() ? rows[0]["value"].get<std::string>() : "nothing";
    }

    ManualClock clock{"2025-03-04T07:00:00Z"}; // all that is published here is among the changes of the last days
    SimSsb sim{clock};
    TempDir folder;
};

} // namespace

TEST_CASE("a release is harvested over HTTP, then its revision, and both vintages are read back", "[flow]")
{
    Scene scene;
    const auto first = scene.harvest();
    CHECK(first["outcome"] == "new vintage");
    CHECK(first["requests"] == 3);
    CHECK(first["cells"] == 8);
    CHECK(first["rows"] == 8);

    const auto again = scene.harvest();
    CHECK(again["outcome"] == "nothing new");
    CHECK(again["requests"] == 1);

    SimChanges changes;
    changes.cells = {{"0,1,000,Personer1,2025", "27110"}, {"0301,2,000,Personer1,2024", "."}};
    scene.sim.publish("07459", changes, "2025-03-04T07:00:00Z");
    const auto revised = scene.harvest();
    CHECK(revised["outcome"] == "new vintage");
    CHECK(revised["rows"] == 2);
    CHECK(revised["revised"] == 2);

    CHECK(scene.value() == "27110");
    CHECK(scene.value({"--as-of", "2025-03-03"}) == "27104");
    CHECK(scene.value({"--as-of", "2025-02-24"}) == "nothing");
    CHECK(scene.value({"--known-at", "2025-12-31"}) == "nothing");
    const auto history = scene.json({"history", "ssb/07459{Region=0,Kjonn=1}", "--period", "2025"});
    REQUIRE(history.size() == 2);
    CHECK(history[0]["published"] == "2025-02-25T07:00:00Z");
    CHECK(history[1]["published"] == "2025-03-04T07:00:00Z");
    const auto gone = scene.json({"get", "ssb/07459{Region=0301,Kjonn=2}", "--period", "2024"});
    CHECK(gone[0]["value"].is_null());
    CHECK(gone[0]["meaning"] == "not applicable");
    CHECK(history[0]["source"]["nb"] == "Statistisk sentralbyrå");
    CHECK(history[0]["licence"]["en"] == "CC BY 4.0");
}

TEST_CASE("new `updated`, the same numbers: no vintage, and the run says so", "[flow]")
{
    Scene scene;
    scene.harvest();
    scene.sim.publish("07459", {}, "2025-03-04T07:00:00Z");
    const auto run = scene.harvest();
    CHECK(run["outcome"] == "nothing new");
    CHECK(run["suppressed"] == 1);
    CHECK(run["rows"] == 0);
    CHECK(scene.harvest()["requests"] == 1);
}

TEST_CASE("a dataset that its job gives another name is there under it after the next run", "[flow]")
{
    Scene scene;
    scene.harvest();
    scene.add_to_source("dataset = \"folk\"");
    const auto renamed = scene.harvest();
    CHECK(renamed["outcome"] == "new vintage");
    CHECK(renamed["dataset"] == "ssb/folk");
    CHECK(renamed["rows"] == 8);
    scene.add_to_source("name = \"statbank\"");
    CHECK(scene.harvest()["dataset"] == "statbank/folk");
    CHECK(scene.harvest()["outcome"] == "nothing new");
    CHECK(scene.value() == "27104"); // the old one is there as it was
}

TEST_CASE("a dry run stores nothing", "[flow]")
{
    Scene scene;
    const auto run = scene.json({"harvest", "befolkning", "--dry-run"})[0];
    CHECK(run["cells"] == 8);
    CHECK(run["changes"].size() == 8);
    CHECK(scene.json({"runs"}).empty());
    CHECK(scene.harvest()["outcome"] == "new vintage");
}

TEST_CASE("a dry run says what a run would change, and leaves every table as it was", "[flow]")
{
    Scene scene;
    scene.harvest();
    SimChanges changes;
    changes.cells = {{"0,1,000,Personer1,2025", "27110"}, {"0301,2,000,Personer1,2024", "."}};
    scene.sim.publish("07459", changes, "2025-03-04T07:00:00Z");
    const auto counts = [&] {
        const skurd::SystemClock clock;
        const skurd::StoreSession store(store_of(scene.folder / "state"), skurd::StoreSession::Access::read, clock);
        std::map<std::string, std::int64_t> rows;
        for (const auto* table :
             {"commit_log", "vintage", "observation", "payload", "run", "flag", "verdict", "drift"})
            rows[table] = store.database().integer(fmt::format("SELECT count(*) FROM {}", table));
        return rows;
    };
    const auto before = counts();

    const auto tried = scene.json({"harvest", "befolkning", "--dry-run"})[0];
    CHECK(tried["outcome"] == "nothing new");
    CHECK(tried["vintage"].is_null());
    CHECK(tried["message"].get<std::string>().starts_with(
        "dry run, nothing stored: it would be a new vintage: 8 cells, 0 new, 2 revised, 0 withdrawn; published "));
    const auto change = [](const char* series, const char* period, const char* old_value, const char* value) {
        return Json{{"series", series}, {"period", period}, {"before", old_value}, {"now", value}};
    };
    CHECK(tried["changes"] ==
          Json{change("Region=0 Kjonn=1 Alder=000 ContentsCode=Personer1", "2025", "27104", "27110"),
               change("Region=0301 Kjonn=2 Alder=000 ContentsCode=Personer1", "2024", "36776", ".")});
    CHECK(counts() == before);

    const auto done = scene.harvest();
    for (const auto* count : {"cells", "rows", "revised", "withdrawn"})
        CHECK(done[count] == tried[count]);
    CHECK(done["changes"].empty());
}

TEST_CASE("a backfill brings another selection, and leaves schedule and memory of its job as they were", "[flow]")
{
    Scene scene;
    auto job = read_file((scene.folder / "schedules/befolkning.toml").string());
    write_file(scene.folder / "schedules/befolkning.toml",
               job.insert(job.find("connector"), "schedule = \"20 8 * * 1-5\"\n"));
    scene.harvest();
    const auto remembered = [&] {
        const skurd::SystemClock clock;
        const skurd::StoreSession store(store_of(scene.folder / "state"), skurd::StoreSession::Access::read, clock);
        std::string all;
        for (const auto* query :
             {"SELECT job || settled_until || coalesce(tried_at, '') || tries FROM job_due ORDER BY job",
              "SELECT job || newest_vintage_id || input_hash || published_at || coalesce(announced_at, '') FROM "
              "job_state",
              "SELECT job || name || value FROM connector_state ORDER BY job, name",
              "SELECT kind || inputs FROM flag ORDER BY id"}) {
            skurd::Statement row(store.database(), query);
            while (row.step())
                all += row.text(0) + "\n";
        }
        return all;
    };
    const auto before = remembered();
    const auto planned = scene.json({"jobs"})[0]["next_due"];

    const auto run =
        scene.json({"harvest", "befolkning", "--select", "Region=1103", "--select", "Tid=from(2021)"})[0];
    CHECK(run["outcome"] == "new vintage");
    CHECK(run["cells"] == 10);
    CHECK(run["withdrawn"] == 0);
    CHECK(run["message"].get<std::string>().starts_with("backfill of Region=1103 Tid=from(2021): 10 cells, 10 new"));
    CHECK(remembered() == before);
    CHECK(scene.json({"jobs"})[0]["next_due"] == planned);
    CHECK(scene.json({"get", "ssb/07459{Region=1103,Kjonn=1}"}).size() == 5);
    CHECK(scene.json({"get", "ssb/07459{Region=0,Kjonn=1}"}).size() == 2);

    const auto next = scene.harvest(); // goes on from what it remembers
    CHECK(next["outcome"] == "nothing new");
    CHECK(next["requests"] == 1);
    CHECK(scene.json({"get", "ssb/07459{Region=1103,Kjonn=1}"}).size() == 5);
}

TEST_CASE("a backfill that cannot be is refused with the reason, and leaves nothing", "[flow]")
{
    Scene scene;
    write_file(scene.folder / "schedules/fil.toml",
               "[job]\nconnector = \"drop\"\n[source]\nfiles = \"x\"\n[layout]\nperiods = \"x\"\n"
               "[[layout.series]]\ncolumn = \"nr\"\n");
    const auto refused = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "harvest");
        arguments.insert(arguments.end(), {"--config", (scene.folder / "skurd.toml").string()});
        const auto ended = skurd::test::skurd(scene.folder / "state", arguments);
        return fmt::format("{}: {}{}", ended.exit, ended.err, ended.out);
    };
    CHECK_THAT(refused({"fil", "--select", "Region=1"}),
               Contains("2: ") && Contains("job 'fil' selects nothing (its connector is 'drop')"));
    CHECK_THAT(refused({"befolkning", "--select", "Region"}), Contains("2: ") && Contains("DIMENSION=CODE,CODE"));
    CHECK_THAT(refused({"befolkning", "fil", "--select", "Region=0"}), Contains("2: ") && Contains("is of one job"));
    CHECK_THAT(refused({"--all", "--select", "Region=0"}), Contains("2: ") && Contains("is of one job"));
    CHECK_THAT(refused({"befolkning", "--select", "Region=9999"}), Contains("1: ") && Contains("9999"));
    CHECK(scene.json({"quarantine", "list"}).empty());
}
