// Releases that look like a slip, and datasets whose schema drifts, through the built program.
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/temp_dir.hpp"

using namespace skurd::test;
using Catch::Matchers::Contains;
using skurd::Json;

namespace {

constexpr auto job = R"(
[job]
connector = "drop"
[source]
files = "tall-*.csv"
coverage = "complete"
[layout]
period_column = "år"
value_column = "verdi"
unit_column = "enhet"
[[layout.series]]
column = "nr"
)";

constexpr auto indicator = R"(
[part]
id = "goal 1"
nb = "Mål 1"
en = "Goal 1"
[[indicator]]
number = 1
label = { nb = "Første", en = "First" }
type = "result"
kind = "share"
unit = "percent"
direction = "up"
baseline = "2018"
source = "test"
[[indicator.definition]]
from = "2016-01-01"
formula = "drop/tall{nr=1}"
)";

constexpr auto sets = R"(
[[set]]
number = 1
title = { nb = "Sett 1", en = "Set 1" }
published = "2016-04-01"
baseline = "2018"
count = 1
members = ["1"]
)";

/// A job whose series 1 an indicator reads, with one release ingested.
struct Scene : Installed {
    Scene()
    {
        write_file(folder / "skurd.toml", own_only);
        write_file(folder / "schedules/tall.toml", job);
        write_file(folder / "indicators/mal-1.toml", indicator);
        write_file(folder / "indicators/sets.toml", sets);
        REQUIRE(take(rows("prosent", "40", "41"), "2020-01-01").exit == 0);
    }

    /// Two series of two years each; the second keeps its unit.
    static std::string rows(const std::string& unit, const std::string& first, const std::string& second)
    {
        return "nr;år;verdi;enhet\n1;2018;" + first + ";" + unit + "\n1;2019;" + second + ";" + unit + "\n2;2018;" +
               first + ";kroner\n2;2019;" + second + ";kroner\n";
    }

    Ended take(const std::string& bytes, const std::string& published) const
    {
        write_file(folder / "tall-1.csv", bytes);
        return run({"drop", "tall-1.csv", "--job", "tall", "--published", published});
    }

    std::string value(const std::string& nr) const
    {
        const auto rows = Json::parse(run({"get", "drop/tall{nr=" + nr + "}", "--period", "2019", "--json"}).out);
        return rows.at(0)["value"].is_string() ? rows[0]["value"].get<std::string>() : "nothing";
    }

    /// "suspect open" for each flag that is not closed.
    std::string flags() const
    {
        std::string text;
        for (const auto& flag : Json::parse(run({"flags", "--json"}).out))
            if (flag["kind"] != "threshold")
                text += flag["kind"].get<std::string>() + " " + flag["state"].get<std::string>() + "; ";
        return text;
    }
};

} // namespace

TEST_CASE("a release that looks like a slip waits in quarantine, and one command ingests it after all", "[flow]")
{
    const Scene scene;
    const auto refused = scene.take(Scene::rows("prosent", "0", "0"), "2021-01-01");
    const auto again = scene.take(Scene::rows("prosent", "0", "0"), "2021-01-01");
    const auto kept = scene.value("1");
    const auto held = Json::parse(scene.run({"quarantine", "list", "--json"}).out);
    const auto shown = scene.run({"quarantine", "show", "1"});
    const auto flags = scene.flags();
    const auto without = scene.run({"quarantine", "retry", "1", "--by", "Kari"});
    const auto with = scene.run({"quarantine", "retry", "1", "--accept", "--by", "Kari"});
    const auto twice = scene.run({"quarantine", "retry", "1", "--accept"});

    CHECK(refused.exit == 1);
    CHECK_THAT(refused.err, Contains("4 of 4 numbers that were known became zero"));
    CHECK(again.exit == 1);
    CHECK(kept == "41");
    REQUIRE(held.size() == 1); // refused twice, held once
    CHECK(held[0]["kind"] == "suspect");
    CHECK_THAT(shown.out, Contains("became zero") && Contains("nr;år;verdi;enhet"));
    CHECK(flags == "suspect open; ");
    CHECK(without.exit == 1);
    CHECK(with.exit == 0);
    CHECK(scene.value("1") == "0");
    CHECK_THAT(scene.flags(), !Contains("suspect"));
    CHECK(scene.run({"quarantine", "list"}).out == "nothing is in quarantine\n");
    CHECK(twice.exit == 2);
    CHECK_THAT(twice.err, Contains("ended already"));
    CHECK(scene.run({"verify"}).exit == 0);
}

TEST_CASE("a file that is retried is published when it would have been at first", "[flow]")
{
    const Scene scene;
    scene.take(Scene::rows("prosent", "0", "0"), "2021-01-01");
    scene.take(Scene::rows("prosent", "0", "0"), "2021-02-01"); // the last said holds
    const auto dropped = scene.folder / "state/drop/tall-2.csv";
    write_file(dropped, Scene::rows("prosent", "0", "0") + "3;2018;0;kroner\n");
    const std::chrono::sys_seconds changed_at = std::chrono::sys_days(std::chrono::year(2022) / 3 / 4);
    std::filesystem::last_write_time(dropped, std::chrono::file_clock::from_sys(changed_at));
    const auto harvested = scene.run({"harvest", "tall"});
    const auto by_hand = scene.run({"quarantine", "retry", "1", "--accept"});
    const auto by_its_time = scene.run({"quarantine", "retry", "2", "--accept"});

    INFO(harvested.err << by_hand.err << by_its_time.err);
    CHECK_THAT(by_hand.out, Contains("published 2021-02-01"));
    CHECK_THAT(by_its_time.out, Contains("published 2022-03-04"));
}

TEST_CASE("another unit blocks the series an indicator reads, and that only, until a person agrees", "[flow]")
{
    const Scene scene;
    const auto drifted = scene.take(Scene::rows("promille", "42", "43"), "2021-01-01");
    const auto stopped = scene.value("1");
    const auto taken = scene.value("2");
    const auto flags = scene.flags();
    const auto listed = scene.run({"drift", "drop/tall"});
    const auto json = Json::parse(scene.run({"drift", "--json", "--lang", "en"}).out);
    const auto held = Json::parse(scene.run({"quarantine", "list", "--json"}).out);
    const auto agreed = scene.run({"quarantine", "retry", "1", "--accept-drift", "--by", "Kari"});

    CHECK(drifted.exit == 0);
    CHECK_THAT(drifted.out, Contains("unit of 1: prosent -> promille") && Contains("1 series in use are blocked"));
    CHECK(stopped == "41");
    CHECK(taken == "43");
    CHECK(flags == "drift open; ");
    CHECK_THAT(listed.out, Contains("blocks series") && Contains("unit of 1: prosent -> promille"));
    REQUIRE(json.size() == 1);
    CHECK(json[0]["severity"] == "blocks series");
    REQUIRE(held.size() == 1);
    CHECK(held[0]["kind"] == "drift");
    CHECK(agreed.exit == 0);
    CHECK(scene.value("1") == "43");
    CHECK_THAT(scene.flags(), !Contains("drift"));
    CHECK(scene.run({"verify"}).exit == 0);
}

TEST_CASE("a replay lets in nothing that a drift blocked, until a person agrees to the drift", "[flow]")
{
    const Scene scene;
    REQUIRE(scene.take(Scene::rows("promille", "42", "43"), "2021-01-01").exit == 0);
    const auto shown = scene.run({"replay"});
    const auto accepted = scene.run({"replay", "--accept"});
    const auto blocked = scene.value("1");
    const auto flags = scene.flags();
    const auto agreed = scene.run({"replay", "--accept", "--accept-drift"});
    const auto again = scene.run({"replay"});

    CHECK(shown.exit == 1);
    CHECK_THAT(shown.err, Contains("unit of 1: prosent -> promille") && Contains("--accept-drift"));
    CHECK(accepted.exit == 1);
    CHECK(blocked == "41");
    CHECK(flags == "drift open; ");
    CHECK(agreed.exit == 0);
    CHECK(scene.value("1") == "43");
    CHECK_THAT(scene.flags(), !Contains("drift"));
    CHECK(again.exit == 0);
    CHECK_THAT(again.out, Contains(", 0 cells differ"));
    CHECK(scene.run({"verify"}).exit == 0);
}

TEST_CASE("what is in quarantine is discarded with a note, and its flag is closed", "[flow]")
{
    const Scene scene;
    const auto broken = scene.take("nr;år;verdi;enhet\n1;2018;ca. 40;prosent\n", "2021-01-01");
    const auto flags = scene.flags();
    const auto unnoted = scene.run({"quarantine", "discard", "1"});
    const auto discarded = scene.run({"quarantine", "discard", "1", "--note", "a draft", "--by", "Kari"});
    const auto all = Json::parse(scene.run({"quarantine", "list", "--all", "--json"}).out);

    CHECK(broken.exit == 1);
    CHECK(flags == "quarantine open; ");
    CHECK(unnoted.exit == 2);
    CHECK(discarded.exit == 0);
    REQUIRE(all.size() == 1);
    CHECK(all[0]["ended"] == "discarded");
    CHECK(all[0]["ended_why"] == "a draft");
    CHECK(scene.flags().empty());
    CHECK(scene.run({"quarantine", "show", "7"}).exit == 2);
}

TEST_CASE("check tells every mistake of the catalogue, and the formulas that the numbers contradict", "[flow]")
{
    const Scene here;
    CHECK(here.run({"check"}).exit == 0);
    auto other = std::string(indicator);
    other.replace(other.find("nr=1}"), 4, "nr=2");
    write_file(here.folder / "indicators/mal-1.toml", other);
    const auto unit = here.run({"check"});
    CHECK(unit.exit == 2);
    CHECK_THAT(unit.out, Contains("mal-1.toml:17: indicator 1: drop/tall{nr=2}: kroner are not percent"));

    other.replace(other.find("\"up\""), 4, "\"opp\"");
    write_file(here.folder / "indicators/mal-1.toml",
               other + "[[indicator]]\nnumber = 2\nlabel = { nb = \"To\", en = \"Two\" }\ntype = \"resultat\"\n");
    const auto both = here.run({"check"});
    CHECK(both.exit == 2);
    CHECK_THAT(both.out, Contains("mal-1.toml:12: 'direction' cannot be 'opp'"));
    CHECK_THAT(both.out, Contains("mal-1.toml:21: 'type' cannot be 'resultat'"));
}

TEST_CASE("check tells the mistakes of configuration, jobs and catalogue together", "[flow]")
{
    const Scene here;
    write_file(here.folder / "skurd.toml", std::string(own_only) +
                                               "[fetch]\ntries = 0\n[store]\nkep_payloads = \"all\"\n"
                                               "[stroe]\n");
    write_file(here.folder / "schedules/ny.toml",
               "[job]\nconnector = \"drop\"\nschedul = \"x\"\n[source]\nfils = \"x\"\n[layout]\nperiods = 'x'\n");
    auto other = std::string(indicator);
    other.replace(other.find("\"up\""), 4, "\"opp\"");
    write_file(here.folder / "indicators/mal-1.toml", other);
    const auto told = here.run({"check"});
    CHECK(told.exit == 2);
    for (const auto* mistake :
         {"skurd.toml:6: 'tries'", "skurd.toml:8: unknown key 'kep_payloads'", "skurd.toml:9: unknown key 'stroe'",
          "ny.toml:5: unknown key 'fils'", "ny.toml:3: unknown key 'schedul'", "mal-1.toml:12: 'direction'"})
        CHECK_THAT(told.out, Contains(mistake));
}
