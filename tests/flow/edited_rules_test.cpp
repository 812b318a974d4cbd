// An edit of the catalogue, from the file to the flags, through the built program.
#include "tests/support/catch.hpp"
#include "tests/support/installed.hpp"
#include "tests/support/temp_dir.hpp"

#include <fmt/format.h>

using namespace skurd::test;
using Catch::Matchers::Contains;
using skurd::Json;

namespace {

constexpr auto rule_job = R"(
[job]
connector = "drop"
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

constexpr auto rule_sets = R"([[set]]
number = 1
title = { nb = "Rapport", en = "The Report" }
published = "2020-06-01"
baseline = "2018"
members = ["1-6"]
)";

constexpr auto indicator_form = R"([[indicator]]
number = {0}
label = {{ nb = "Tall {0}", en = "Number {0}" }}
type = "effect"
kind = "number"
unit = "things"
direction = "up"
baseline = "2018"
source = "X"
{1}
[[indicator.definition]]
from = "2000-01-01"
formula = "{2}"
)";

/// Six indicators on 100 and 102, the sixth through the fifth.
struct EditedScene : Installed {
    EditedScene()
    {
        write_file(folder / "skurd.toml", own_only);
        write_file(folder / "indicators/sets.toml", rule_sets);
        write_file(folder / "schedules/tall.toml", rule_job);
        edit("");
        take("100;102", "2020-01-02");
    }

    /// A line of its own for the first five.
    void edit(const std::string& line) const
    {
        std::string text = "[part]\nid = \"goal 1\"\nnb = \"Mål 1\"\nen = \"Goal 1\"\n";
        for (int number = 1; number <= 5; ++number)
            text +=
                fmt::format(fmt::runtime(indicator_form), number, line, fmt::format("drop/tall{{nr={}}}", number));
        text += fmt::format(fmt::runtime(indicator_form), 6, "", "2 * indicator(5)");
        write_file(folder / "indicators/goal-1.toml", text);
    }

    void take(const std::string& values, const std::string& published) const
    {
        std::string bytes = "nr;2018;2019\n";
        for (int number = 1; number <= 5; ++number)
            bytes += fmt::format("{};{}\n", number, values);
        write_file(folder / "tall-1.csv", bytes);
        out({"drop", "tall-1.csv", "--job", "tall", "--published", published});
    }

    /// "threshold/1/2019 open rule/…; ", of all flags of a kind.
    std::vector<Json> flags(const std::string& kind) const { return json({"flags", "--all", "--kind", kind}); }
};

constexpr auto narrow = R"(thresholds = { share_points = "1.0", percent = "1.5" })";

} // namespace

TEST_CASE("a threshold edited in the catalogue is one flag, and one answer answers what it opened", "[flow]")
{
    const EditedScene here;
    CHECK(here.flags("threshold").empty());
    here.edit(narrow);
    here.out({"harvest", "--all"});
    const auto told = here.flags("rule");
    REQUIRE(told.size() == 1);
    CHECK_THAT(told[0]["text_en"].get<std::string>(),
               Contains("The rule of 5 indicators was edited: 1 (Number 1), 2018 to 2019: yellow → green; "));
    const auto opened = here.flags("threshold");
    REQUIRE(opened.size() == 5);
    for (const auto& flag : opened)
        CHECK(flag["origin"] == told[0]["key"]);
    here.out({"flags", "ack", told[0]["flag"].dump(), "--note", "grensen er satt ned", "--by", "Kari"});
    for (const auto& flag : here.flags("threshold"))
        CHECK(flag["state"] == "acknowledged");

    // A new number after it is told of as ever, and only that one.
    here.take("100;110", "2020-02-02");
    for (const auto& flag : here.flags("threshold")) {
        CHECK(flag["state"] == "open");
        CHECK(flag["origin"] == "");
    }
    CHECK(here.flags("rule").size() == 1);
}

TEST_CASE("an edit of the catalogue that is undone closes its flag", "[flow]")
{
    const EditedScene here;
    here.edit(narrow);
    here.out({"harvest", "--all"});
    here.edit("");
    here.out({"harvest", "--all"});
    REQUIRE(here.flags("rule").size() == 1);
    CHECK(here.flags("rule")[0]["state"] == "closed");
    for (const auto& flag : here.flags("threshold"))
        CHECK(flag["state"] == "closed");
}

TEST_CASE("what is no rule may be edited without a word: a name, a comment", "[flow]")
{
    const EditedScene here;
    here.edit("# et ord");
    here.out({"harvest", "--all"});
    CHECK(here.flags("rule").empty());
}
