// Flags from their cause to a person's answer, and how figures were revised, through the built program.
#include "lib/json/json.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/temp_dir.hpp"

#include <algorithm>

using namespace skurd::test;
using Catch::Matchers::Contains;
using skurd::Json;

namespace {

constexpr auto job = R"(
[job]
connector = "drop"
{calendar}
[source]
files = "tall-*.csv"
published = "2020-01-02"
coverage = "complete"
[layout]
separator = ";"
periods = '^\d{4}$'
empty = "absent"
[[layout.series]]
column = "nr"
)";

constexpr auto sets = R"([[set]]
number = 1
title = { nb = "Rapport", en = "The Report" }
published = "2020-06-01"
baseline = "2018"
count = 1
members = ["7"]
numbers = { 7 = 4 }
tables = { "goal 1" = "1" }
)";

/// An installation with one job and one indicator, which reads series 1 of it: 100 and 110.
struct Scene : Installed {
    explicit Scene(const std::string& calendar = "")
    {
        write_file(folder / "skurd.toml", own_only);
        write_file(folder / "indicators/goal-1.toml", one_indicator);
        write_file(folder / "indicators/sets.toml", sets);
        schedule(calendar);
        take("nr;2018;2019\n1;100;110\n2;7;8\n", "2020-01-02");
    }

    void schedule(const std::string& calendar) const
    {
        auto text = std::string(job);
        text.replace(text.find("{calendar}"), 10, calendar);
        write_file(folder / "schedules/tall.toml", text);
    }

    void take(const char* bytes, const std::string& published) const
    {
        write_file(folder / "tall-1.csv", bytes);
        out({"drop", "tall-1.csv", "--job", "tall", "--published", published, "--accept-withdrawals"});
    }

    /// "threshold open; revision closed; withdrawn closed; ", of all flags.
    std::string flags() const
    {
        std::string text;
        for (const auto& flag : json({"flags", "--all"}))
            text += flag["kind"].get<std::string>() + " " + flag["state"].get<std::string>() + "; ";
        return text;
    }
};

} // namespace

TEST_CASE("what the source withdraws is flagged until it comes back", "[flow]")
{
    const Scene here("expects = \"never\"");
    CHECK(here.flags() == "threshold open; ");
    here.take("nr;2018;2019\n1;;110\n2;;8\n", "2020-02-02");
    CHECK(here.flags() == "threshold closed; revision open; withdrawn open; ");
    const auto flag = here.json({"flags", "--kind", "withdrawn"}).at(0);
    CHECK(flag["key"] == "withdrawn/drop/tall{nr=1}");
    CHECK(flag["indicator"] == 7);
    here.take("nr;2018;2019\n1;100;110\n2;7;8\n", "2020-03-02");
    CHECK(here.flags() == "threshold open; revision closed; withdrawn closed; ");
}

TEST_CASE("a revision that turns a verdict says by how much and which report it contradicts", "[flow]")
{
    const Scene here;
    here.take("nr;2018;2019\n1;100;101\n2;7;8\n", "2020-07-01");
    const auto flag = here.json({"flags", "--kind", "revision"}).at(0);
    CHECK_THAT(
        flag["text_en"].get<std::string>(),
        Contains("has turned; before: Green: 100 → 110") && Contains("now: Yellow: 100 → 101") &&
            Contains("; 2019 goes from 110 to 101 (−9, −8.2%); contradicts The Report, 2020-06-01, where it is "
                     "number 4"));
}

TEST_CASE("a jump like a unit error is suspect until it is put right", "[flow]")
{
    const Scene here;
    here.take("nr;2018;2019;2020\n1;100;110;1090\n2;7;8;9\n", "2021-01-02");
    CHECK(here.flags() == "threshold closed; threshold open; suspect open; ");
    here.take("nr;2018;2019;2020\n1;100;110;109\n2;7;8;9\n", "2021-01-03");
    CHECK_THAT(here.flags(), Contains("suspect closed"));
}

TEST_CASE("a break that a person marks is flagged until it is withdrawn", "[flow]")
{
    const Scene here;
    here.out({"annotate", "drop/tall{nr=1}", "--kind", "break", "--period", "2019", "--text", "nytt skjema", "--by",
              "Kari"});
    // What is on either side of a break does not compare, so no threshold is crossed.
    CHECK(here.flags() == "threshold closed; break open; ");
    here.out({"annotate", "--withdraw", "1", "--reason", "feil tabell", "--by", "Kari"});
    CHECK(here.flags() == "threshold open; break closed; ");
}

TEST_CASE("a publication that did not come is flagged by any harvest, and closed by a release", "[flow]")
{
    const Scene here("next_publication = \"2021-01-02\"");
    const auto flag = here.json({"flags", "--kind", "overdue"}).at(0);
    CHECK(flag["text_en"] == "Job tall: a publication of drop/tall was expected 2021-01-02 and has not come; the day "
                             "stands in the job (next_publication); the newest is of 2020-01-02");
    const auto life = [&] { return here.json({"flags", "show", flag["flag"].dump()})["events"].size(); };
    CHECK(life() == 2); // raised before the first release came
    here.out({"harvest", "tall"});
    CHECK(life() == 2);
    here.take("nr;2018;2019\n1;100;110\n2;7;8\n", "2021-01-02");
    CHECK(here.flags() == "overdue closed; threshold open; ");
    here.schedule("expects = \"yearly\"");
    here.out({"harvest", "--all"});
    CHECK(here.flags() == "overdue open; threshold open; ");
}

TEST_CASE("all flags of a publication morning are acknowledged at once, and only those that are meant", "[flow]")
{
    const Scene here("next_publication = \"2021-01-02\"");
    REQUIRE(here.flags() == "overdue open; threshold open; ");
    const std::vector<std::string> all = {"flags",  "ack",     "--all",  "--by", "Kari",
                                          "--note", "sett på", "--lang", "en"};
    const auto with = [&](std::vector<std::string> more) {
        more.insert(more.begin(), all.begin(), all.end());
        return more;
    };
    const auto tried = here.out(with({"--kind", "threshold", "--dry-run"}));
    CHECK_THAT(tried, Contains("threshold") && Contains("1 would be acknowledged") && !Contains("overdue"));
    CHECK(here.flags() == "overdue open; threshold open; ");
    CHECK(here.out(with({"--source", "ssb"})) == "no open flag is meant\n");
    CHECK(here.out(with({"--raised-since", "2999-01-01"})) == "no open flag is meant\n");
    CHECK(here.json(with({"--indicator", "7"}))["flags"].size() == 1);
    CHECK(here.flags() == "overdue open; threshold acknowledged; ");
    CHECK_THAT(here.out(with({"--job", "tall"})), Contains("flag 1 is acknowledged"));
    CHECK(here.flags() == "overdue acknowledged; threshold acknowledged; ");
    const auto life = here.out({"flags", "show", "2", "--lang", "en"});
    CHECK_THAT(life, Contains("flag 2, threshold (threshold/7/2019): acknowledged\n") && Contains("  raised\n") &&
                         Contains("  acknowledged by Kari: sett på\n"));
    here.take("nr;2018;2019\n1;100;120\n2;7;8\n", "2020-02-02");
    const auto events = here.json({"flags", "show", "2"})["events"];
    REQUIRE(events.size() == 3);
    CHECK(events[1]["actor"] == "Kari");
    CHECK(events[1]["note"] == "sett på");
    CHECK(events[2]["event"] == "reopened");
}

TEST_CASE("the daemon acknowledges several flags", "[flow]")
{
    const Scene here("next_publication = \"2021-01-02\"");
    Running daemon(here.state, here.with_config({"serve"}));
    REQUIRE(daemon.wait_for("serving 1 jobs"));
    CHECK_THAT(here.out({"flags", "ack", "1", "2", "--note", "sett", "--by", "Kari", "--lang", "en"}),
               Contains("2 flags are acknowledged"));
    CHECK(here.flags() == "overdue acknowledged; threshold acknowledged; ");
}

TEST_CASE("an acknowledgement that cannot be given changes nothing and says why", "[flow]")
{
    const Scene here;
    const struct {
        std::vector<std::string> arguments;
        const char* message;
    } rows[] = {
        {{"ack", "--note", "x"}, "name flags by their numbers, or give --all"},
        {{"ack", "1", "--all", "--note", "x"}, "name flags by their numbers, or give --all"},
        {{"ack", "1", "--kind", "threshold", "--note", "x"}, "name flags by their numbers, or give --all"},
        {{"ack", "1", "99", "--note", "x"}, "there is no flag 99"},
        {{"ack", "1"}, "--note must say why"},
        {{"ack", "1", "--note", " "}, "--note must say why"},
        {{"ack", "1", "--note", "x", "--by", " "}, "the name"},
        {{"ack", "--all", "--note", "x", "--job", "tal"}, "did you mean 'tall'?"},
        {{"ack", "--all", "--note", "x", "--indicator", "8"}, "8"},
        {{"ack", "--all", "--note", "x", "--raised-since", "today"}, "--raised-since 'today' is not a date"},
        {{"ack", "--all", "--note", "x", "--kind", "treshold"}, "--kind"},
        {{"show", "99"}, "there is no flag 99"},
    };
    for (const auto& row : rows) {
        auto arguments = row.arguments;
        arguments.insert(arguments.begin(), "flags");
        const auto ended = here.run(arguments);
        INFO(ended.out << ended.err);
        CHECK(ended.exit == 2);
        CHECK_THAT(ended.err, Contains(row.message));
    }
    CHECK(here.flags() == "threshold open; ");
}

TEST_CASE("how figures were revised is counted, and written out for other tools", "[flow]")
{
    const Scene here;
    here.take("nr;2018;2019;2020\n1;102;110;115\n2;7;8;9\n", "2021-01-11");
    const auto profile = here.json({"revisions", "7"}).at(0);
    CHECK(profile == Json::parse(R"({"id": "7", "label": {"nb": "Tall", "en": "Number"}, "figures": 3, "followed": 2,
        "revised": 1, "up": 1, "down": 0, "uncounted": 0, "unit": "percent", "mean": "1.00", "mean_absolute": "1.00",
        "days_median": 375, "days_most": 375})"));
    CHECK(here.json({"revisions"}) == Json::array({profile}));
    const auto source = here.json({"revisions", "--by", "source"}).at(0);
    CHECK(source["source"] == "X");
    CHECK(source["revised"] == 1);
    CHECK(here.json({"revisions", "drop/tall", "--by", "source"}).at(0)["figures"] == 6);
    CHECK(here.out({"revisions", "7", "--tidy"}) == "id,period,published,value\n"
                                                    "7,2018,2020-01-02T00:00:00Z,100\n"
                                                    "7,2018,2021-01-11T00:00:00Z,102\n"
                                                    "7,2019,2020-01-02T00:00:00Z,110\n"
                                                    "7,2020,2021-01-11T00:00:00Z,115\n");
    CHECK_THAT(here.out({"revisions", "drop/tall{nr=2}", "--tidy"}),
               Contains("drop/tall{nr=2},2018,2020-01-02T00:00:00Z,7\n"));
    CHECK(here.json({"revisions", "7", "--tidy"}).at(1) ==
          Json::parse(R"({"id": "7", "period": "2018", "published": "2021-01-11T00:00:00Z", "value": "102"})"));
    CHECK_THAT(here.out({"revisions", "--lang", "en"}), Contains("mean abs.") && Contains("+1.00"));
}
