// Which dimension is time, what its newest periods are, and what they are called, whatever a server does with them.
#include "connectors/connector.hpp"
#include "normalise/join_cubes.hpp"
#include "normalise/normalise.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

#include <fmt/format.h>

using namespace skurd;
using test::run;
using test::SimWorld;

namespace {

/// A table of one number for each period, with the codes in the order given.
SimWorld& with_table(SimWorld& world, const std::string& time, const std::string& codes, const std::string& more = "")
{
    world.ssb.add_table(sim::SimTable::read(
        Section::parse(fmt::format("id = \"90001\"\ntitle = \"A table\"\nupdated = \"2025-02-25T07:00:00Z\"\n{}\n"
                                   "[[dimension]]\nid = \"ContentsCode\"\nrole = \"metric\"\ncodes = [\"Pers\"]\n"
                                   "[[dimension]]\nid = \"{}\"\nrole = \"time\"\ncodes = {}\n",
                                   more, time, codes),
                       "table.toml")));
    return world;
}

struct Job {
    const char* version = "v2";
    std::string time = "Tid"; ///< the dimension as [source.select] has it
    std::string periods;
    std::string more;
};

std::unique_ptr<Connector> connector(const SimWorld& world, const Job& job)
{
    const auto base_url =
        job.version == std::string_view("v1") ? world.ssb.v1_url() + "/no/table" : world.ssb.base_url();
    auto file = Section::parse(fmt::format("[source]\ntable = \"90001\"\nversion = \"{}\"\nbase_url = \"{}\"\n{}\n"
                                           "[source.select]\nContentsCode = [\"*\"]\n\"{}\" = {}\n",
                                           job.version, base_url, job.more, job.time, job.periods),
                               "job.toml");
    JobSections sections{"job", file.require_table("source"), std::nullopt, ""};
    auto made = create_connector("pxweb", "job.toml:1", sections);
    file.reject_unknown_keys();
    return made;
}

Decoded decoded(SimWorld& world, const Job& job)
{
    return run(*connector(world, job), {}, world.fetcher).decoded.value();
}

/// The periods of what a job ingests, with the run's notes behind them.
std::string periods_of(SimWorld& world, const Job& job)
{
    auto made = decoded(world, job);
    const auto release = normalise(join_cubes(std::move(made.cubes)), made.conventions, made.dataset,
                                   made.coverage.value(), made.notes);
    std::string text;
    for (const auto& period : release.periods)
        text += period.text() + " ";
    for (const auto& note : made.notes)
        text += "(" + note + ")";
    return text;
}

constexpr auto years = R"~(["2019", "2020", "2021", "2022"])~";
constexpr auto unmarked = "marks_time = false";
constexpr auto named = "time = \"Ar\"";

} // namespace

TEST_CASE("time is the dimension the job names where the source marks none", "[connectors]")
{
    const auto* version = GENERATE("v2", "v1");
    SimWorld world;
    with_table(world, "Ar", years, unmarked);
    CHECK(periods_of(world, {version, "Ar", R"~(["*"])~", named}) == "2019 2020 2021 2022 ");
    CHECK(periods_of(world, {version, "Ar", R"~(["top(2)"])~", named}) == "2021 2022 ");
    CHECK(periods_of(world, {version, "Ar", R"~(["bottom(1)"])~", "time = \"label(^ar$)\""}) == "2019 ");
    CHECK_THROWS_WITH(
        decoded(world, {version, "Ar", R"~(["*"])~", ""}),
        "job.toml:2: table 90001: the source marks none of its dimensions ContentsCode, Ar as time: name "
        "the time dimension in [source], time = \"…\"");
    CHECK_THROWS_WITH(decoded(world, {version, "Ar", R"~(["*"])~", "time = \"År\""}),
                      Catch::StartsWith("job.toml:5: table 90001: there is no dimension 'År'"));
}

TEST_CASE("an unmarked dimension called Tid is time, and another is where the job says so", "[connectors]")
{
    SimWorld world;
    with_table(world, "Tid", years, unmarked);
    CHECK(periods_of(world, {"v2", "Tid", R"~(["top(1)"])~", ""}) == "2022 ");
    with_table(world, "Tid", R"~(["2019"])~");
    const auto other = decoded(world, {"v2", "Tid", R"~(["*"])~", "time = \"ContentsCode\""});
    CHECK(other.conventions.time_dimension == "ContentsCode");
}

TEST_CASE("the newest are the newest by time in whatever order a server lists them", "[connectors]")
{
    const auto* version = GENERATE("v2", "v1");
    const auto* listed = GENERATE(R"~(["2022", "2021", "2020", "2019"])~", R"~(["2020", "2022", "2019", "2021"])~");
    SimWorld world;
    with_table(world, "Tid", listed);
    CHECK(periods_of(world, {version, "Tid", R"~(["top(2)"])~", ""}) == "2021 2022 ");
    CHECK(periods_of(world, {version, "Tid", R"~(["from(2021)"])~", ""}) == "2021 2022 ");
    CHECK(periods_of(world, {version, "Tid", R"~(["to(2019)", "top(1)"])~", ""}) == "2019 2022 ");
    CHECK(periods_of(world, {version, "Tid", R"~(["range(2021,2020)"])~", ""}) == "2020 2021 ");
}

TEST_CASE("only a job that selects every period of the time dimension speaks for the periods there are not",
          "[connectors]")
{
    SimWorld world;
    with_table(world, "Kvartal", R"~(["2021K1", "2021K2"])~");
    const auto coverage = [&](const char* time, const char* periods) {
        return decoded(world, {"v2", time, periods, ""}).coverage;
    };
    CHECK(coverage("Kvartal", R"~(["*"])~") == Coverage::full_history);
    CHECK(coverage("label(^kvartal$)", R"~(["*"])~") == Coverage::full_history);
    CHECK(coverage("Kvartal", R"~(["2021K1", "*"])~") == Coverage::full_history);
    CHECK(coverage("Kvartal", R"~(["from(2021K1)"])~") == Coverage::complete_selection);
    CHECK(coverage("Kvartal", R"~(["2021K1", "2021K2"])~") == Coverage::complete_selection);
    CHECK(coverage("Kvartal", R"~(["2021*"])~") == Coverage::complete_selection);
}

TEST_CASE("one month of a table of months is a month, since the whole table is", "[connectors]")
{
    const auto* version = GENERATE("v2", "v1");
    SimWorld world;
    with_table(world, "Tid", R"~(["2005-04", "2005-05", "2005-06"])~");
    CHECK(periods_of(world, {version, "Tid", R"~(["top(1)"])~", ""}) ==
          "2005M06 (the periods of Tid are read as months (by all its codes): '2005-04' is 2005M04)");
    with_table(world, "Tid", R"~(["2005-06"])~", "time_unit = \"Other\"");
    CHECK_THROWS_WITH(decoded(world, {version, "Tid", R"~(["*"])~", ""}),
                      Catch::Contains("job.toml:8: table 90001") && Catch::Contains("period_kind"));
    CHECK(periods_of(world, {version, "Tid", R"~(["*"])~", "period_kind = \"school year\""}) ==
          "2005/2006 (the periods of Tid are read as school years (as the job says): "
          "'2005-06' is 2005/2006)");
}

TEST_CASE("periods come from the labels where codes are positions, and so does what is newest", "[connectors]")
{
    const auto* version = GENERATE("v2", "v1");
    SimWorld world;
    with_table(world, "Tid", "[\"0\", \"1\", \"2\"]\nlabels = [\"2021\", \"2020\", \"2019\"]");
    CHECK(periods_of(world, {version, "Tid", R"~(["top(2)"])~", ""}) ==
          "2020 2021 (the periods of Tid are read from its labels: '0' is 2021)");
}

TEST_CASE("a check confirms no job whose time nobody tells", "[connectors]")
{
    SimWorld world;
    with_table(world, "Ar", years, unmarked);
    const auto checked = [&](const std::string& more) {
        const auto job = connector(world, {"v2", "Ar", R"~(["top(1)"])~", more});
        const auto responses =
            test::fetch_all(Exchange([&](const auto& so_far) { return job->next_check(so_far); }), world.fetcher);
        std::string wrong;
        for (const auto& result : job->check(responses))
            wrong += result.kind == CheckResult::Kind::wrong ? result.text : "";
        return wrong;
    };
    CHECK(checked("").find("name the time dimension") != std::string::npos);
    CHECK(checked(named).empty());
}
