// Stored files read again after their job's layout was mended, through the harvester.
#include "daemon/harvester.hpp"
#include "store/maintenance.hpp"
#include "store/observation_store.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/program.hpp"
#include "tests/support/store_engine.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace fs = std::filesystem;

namespace {

constexpr auto job = R"(
[job]
connector = "drop"
[source]
files = "{id}-*.csv"
dataset = "tall"
published = "2020-01-02"
[layout]
separator = ";"
periods = '^\d{4}$'
{layout}
[[layout.series]]
{series}
)";

constexpr auto wrong = "decimal = \",\"\nthousands = [\".\"]"; // 1.234 is a thousand and more
constexpr auto right = "decimal = \".\"\nthousands = []";

std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>>& words)
{
    for (const auto& [name, word] : words)
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name))
            text.replace(at, name.size(), word);
    return text;
}

/// An installation whose jobs read the same table, wrongly so far.
struct Scene {
    Scene() { configure(""); }

    void configure(const std::string& text) const { write_file(folder / "skurd.toml", own_jobs_only + text); }

    void lay_out(const std::string& id, const std::string& layout,
                 const std::string& series = R"(column = "nr")") const
    {
        write_file(folder / ("schedules/" + id + ".toml"),
                   filled(job, {{"{id}", id}, {"{layout}", layout}, {"{series}", series}}));
    }

    Json order(const Json& order, const std::string& bytes = "")
    {
        clock.advance(std::chrono::hours(1));
        Harvester harvester(installation_of(folder / "skurd.toml", folder / "state"), clock);
        return to_json(harvester.execute(read_order({order, bytes}), {}, {}, {}));
    }

    /// A file, published on that day, of a job with that layout.
    void take(const std::string& id, const std::string& bytes, const std::string& day)
    {
        lay_out(id, wrong);
        const auto answer =
            order({{"order", "drop"}, {"job", id}, {"name", id + "-1.csv"}, {"published", day}}, bytes);
        REQUIRE(answer["exit"] == 0);
    }

    Json replay(bool accept, std::vector<std::string> jobs = {})
    {
        return order({{"order", "replay"}, {"jobs", std::move(jobs)}, {"effect", accept ? "accept" : "show"}});
    }

    std::string numbers(const AsOf& as_of = {}) const
    {
        const StoreSession store(store_of(folder / "state"), StoreSession::Access::read, clock);
        std::string text;
        for (const auto& found : ObservationStore(store).as_of(Selector::parse("drop/tall"), as_of))
            text += found.value.number ? found.value.number->text() + " " : "- ";
        return text;
    }

    std::vector<Vintage> vintages() const
    {
        return VintageStore(StoreSession(store_of(folder / "state"), StoreSession::Access::read, clock)).list("");
    }

    std::vector<std::string> findings() const
    {
        return StoreMaintenance(StoreSession(store_of(folder / "state"), StoreSession::Access::read, clock))
            .verify()
            .wrong;
    }

    TempDir folder;
    ManualClock clock{"2020-06-01"};
};

/// Two releases and one that confirms the second in other bytes.
struct Taken : Scene {
    Taken()
    {
        take("a", "nr;2018;2019\n1;1.234;6\n2;7;8\n", "2020-01-02");
        take("a", "nr;2018;2019\n1;1.234;6\n2;7;9\n", "2020-02-02");
        take("a", "nr;2018;2019\n2;7;9\n1;1.234;6\n", "2020-03-02");
        lay_out("a", right);
        before = clock.now();
    }

    Time before{};
};

Time day(std::string_view text)
{
    return parse_time(text).value();
}

} // namespace

TEST_CASE("replay shows what a mended layout reads otherwise, and stores nothing", "[flow]")
{
    Taken here;
    const auto answer = here.replay(false);

    CHECK(answer["exit"] == 0);
    REQUIRE(answer["vintages"].size() == 2);
    CHECK(answer["vintages"][0] == Json::parse(R"({"job": "a", "vintage": 1, "dataset": "drop/tall",
        "published": "2020-01-02T00:00:00Z", "failure": null, "different": 1, "differences":
        [{"codes": {"nr": "1"}, "period": "2018", "stored": "1234", "decoded": "1.234"}], "new_vintage": null})"));
    CHECK(answer["vintages"][1]["vintage"] == 2);
    CHECK(answer["vintages"][1]["different"] == 1);
    CHECK(here.vintages().size() == 2);
    CHECK(here.numbers() == "1234 6 7 9 ");
    CHECK(RunStore(StoreSession(store_of(here.folder / "state"), StoreSession::Access::read, here.clock))
              .list("", 10)
              .size() == 3);
}

TEST_CASE("what is accepted stands behind the old vintages, which stay", "[flow]")
{
    Taken here;
    const auto answer = here.replay(true);
    const auto again = here.replay(false);
    const auto vintages = here.vintages();

    CHECK(answer["exit"] == 0);
    REQUIRE(answer["vintages"].size() == 3); // the confirmation of the old numbers is read again too
    for (const auto& replayed : answer["vintages"]) {
        CHECK(replayed["different"] == 1);
        CHECK(replayed["new_vintage"].is_number());
    }
    REQUIRE(vintages.size() == 6);
    for (std::size_t i = 0; i < vintages.size(); ++i)
        CHECK(vintages[i].origin == (i % 2 == 0 ? Origin::drop : Origin::replay));
    CHECK(here.numbers() == "1.234 6 7 9 ");
    CHECK(here.numbers({day("2020-01-15"), {}}) == "1.234 6 7 8 ");
    CHECK(here.numbers({{}, here.before}) == "1234 6 7 9 ");
    CHECK(here.numbers({day("2020-01-15"), here.before}) == "1234 6 7 8 ");
    CHECK(here.findings().empty());

    CHECK(again["vintages"].size() == 3);
    for (const auto& replayed : again["vintages"])
        CHECK(replayed["different"] == 0);
    CHECK(here.replay(true)["vintages"][0]["new_vintage"].is_null());
    CHECK(here.vintages().size() == 6);
}

TEST_CASE("the same layout again reads the same", "[flow]")
{
    Taken here;
    here.lay_out("a", wrong);
    const auto answer = here.replay(true);

    CHECK(answer["vintages"][0]["differences"].empty());
    CHECK(here.vintages().size() == 2);
}

TEST_CASE("only the jobs that are named are read again, and the other's later release says what it said", "[flow]")
{
    Scene here;
    here.take("a", "nr;2018;2019\n1;1.234;6\n", "2020-01-02");
    here.take("b", "nr;2018;2019\n1;1.234;5\n", "2020-02-02");
    here.lay_out("a", right);
    here.lay_out("b", right);
    const auto answer = here.replay(true, {"a"});

    REQUIRE(answer["vintages"].size() == 1);
    CHECK(answer["vintages"][0]["job"] == "a");
    CHECK(here.numbers({day("2020-01-15"), {}}) == "1.234 6 ");
    CHECK(here.numbers() == "1234 5 ");
    CHECK(here.findings().empty());
    CHECK_THROWS_WITH(here.replay(true, {"c"}), Contains("there is no job 'c'"));
}

TEST_CASE("a vintage that cannot be read again is named, and the others are done", "[flow]")
{
    Taken here;
    const auto hash = here.vintages()[0].made_from;
    lose_payload(here.folder / "state", hash);
    const auto answer = here.replay(true);

    CHECK(answer["exit"] == 1);
    REQUIRE(answer["vintages"].size() == 3);
    CHECK_THAT(answer["vintages"][0]["failure"].get<std::string>(), Contains("the payload's file is gone"));
    CHECK(answer["vintages"][1]["failure"].is_null());
    CHECK(answer["vintages"][1]["new_vintage"].is_number());
    CHECK(here.numbers({day("2020-01-15"), {}}) == "1234 6 7 8 ");
    CHECK(here.numbers() == "1.234 6 7 9 ");
}

TEST_CASE("a confirmation whose payload expired cannot be read again, and says so", "[flow]")
{
    Taken here;
    here.configure("[store]\nkeep_payloads = \"vintages\"\n");
    CHECK(here.order({{"order", "harvest"}, {"which", "enabled"}})["exit"] == 0);
    const auto answer = here.replay(true);

    CHECK(answer["exit"] == 1);
    REQUIRE(answer["vintages"].size() == 3);
    CHECK_THAT(answer["vintages"][2]["failure"].get<std::string>(), Contains("expired on 2020-06-01"));
    CHECK(here.numbers({day("2020-02-15"), {}}) == "1.234 6 7 9 ");
    CHECK(here.findings().empty());
}

TEST_CASE("a layout that makes another table of the file, or none, is a failure of each vintage", "[flow]")
{
    Taken here;
    here.lay_out("a", right, R"(column = "nummer")");
    const auto none = here.replay(true);
    here.lay_out("a", right, "column = \"nr\"\nid = \"x\"");
    const auto other = here.replay(true);

    CHECK(none["exit"] == 1);
    CHECK_THAT(none["vintages"][0]["failure"].get<std::string>(), Contains("'nummer'"));
    CHECK(other["exit"] == 1);
    CHECK_THAT(other["vintages"][1]["failure"].get<std::string>(), Contains("nothing can be compared"));
    CHECK(here.vintages().size() == 2);
}

TEST_CASE("the command line shows the cells as a table and the failures beside it", "[flow]")
{
    Taken here;
    const auto run = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--config", (here.folder / "skurd.toml").string()});
        return skurd::test::skurd(here.folder / "state", arguments);
    };
    const auto shown = run({"replay"});
    const auto json = run({"replay", "a", "--json"});
    const auto accepted = run({"replay", "--accept"});
    const auto hash = here.vintages()[0].made_from;
    lose_payload(here.folder / "state", hash);
    const auto failed = run({"replay"});

    CHECK(shown.exit == 0);
    CHECK_THAT(shown.out, Contains("drop/tall") && Contains("2020-01-02") && Contains("nr=1") && Contains("1234") &&
                              Contains("1.234") && Contains("2 vintages decoded again, 2 cells differ\n"));
    CHECK(Json::parse(json.out).size() == 2);
    CHECK(accepted.exit == 0);
    CHECK_THAT(accepted.out, Contains("vintage 1: accepted as vintage ") && Contains("3 vintages decoded again"));
    CHECK(failed.exit == 1);
    CHECK_THAT(failed.err, Contains("skurd: a: vintage 1: ") && Contains("the payload's file is gone"));
    CHECK_THAT(failed.out, Contains("3 vintages decoded again, 0 cells differ\n"));
    CHECK(run({"replay", "b"}).exit == 2);
}
