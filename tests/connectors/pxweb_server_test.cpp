// Servers of other offices: their limits, their addresses, what they want of a selection.
#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/pxweb/pxweb.hpp"
#include "normalise/join_cubes.hpp"
#include "tests/connectors/pxweb_job.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

#include <algorithm>

using namespace skurd;
using test::EditingFetcher;
using test::run;
using test::SimWorld;

namespace {

std::unique_ptr<Connector> job_of(const std::string& base_url, const std::string& more, const std::string& select,
                                  const std::string& table = "07459")
{
    auto file = Section::parse(fmt::format("[source]\nname = \"x\"\ntable = \"{}\"\nbase_url = \"{}\"\n{}\n"
                                           "[source.select]\n{}",
                                           table, base_url, more, select),
                               "job.toml");
    JobSections sections{"job", file.require_table("source"), std::nullopt, ""};
    auto connector = create_connector("pxweb", "job.toml:1", sections);
    file.reject_unknown_keys();
    return connector;
}

constexpr auto everything =
    "Region = [\"*\"]\nKjonn = [\"*\"]\nAlder = [\"*\"]\nContentsCode = [\"*\"]\nTid = [\"*\"]\n";

std::size_t cells_of(const test::SourceRun& run)
{
    return join_cubes(run.decoded->cubes).cells.size();
}

std::size_t count(const std::vector<std::string>& log, const std::string& part)
{
    return static_cast<std::size_t>(
        std::count_if(log.begin(), log.end(), [&](const auto& line) { return line.find(part) != line.npos; }));
}

} // namespace

TEST_CASE("a limit that a server lowers is learnt in the run that meets it, and remembered", "[connectors]")
{
    const bool v1 = GENERATE(false, true);
    SimWorld world;
    const auto job = job_of(v1 ? world.ssb.v1_url() + "/no/table" : world.ssb.base_url(), "", everything);
    const auto before = run(*job, {}, world.fetcher);
    world.ssb.limit_cells(30);
    world.ssb.publish("07459", {{{"0,1,000,Personer1,2025", "27110"}}, {}}, "2025-03-03T08:00:00Z");
    const auto lowered = run(*job, before.state, world.fetcher);
    world.ssb.publish("07459", {{{"0,1,000,Personer1,2025", "27111"}}, {}}, "2025-03-03T08:10:00Z");
    world.ssb.clear_log();
    const auto next = run(*job, lowered.state, world.fetcher);
    const auto replayed = job->decode({}, lowered.responses);

    REQUIRE(lowered.decoded);
    CHECK(cells_of(before) == 120);
    CHECK(cells_of(lowered) == 120);
    CHECK(lowered.decoded->notes ==
          std::vector<std::string>{
              "asked for in 4 parts, since the server answers at most 30 cells at a time, fewer than "
              "it was asked for first ('cells_max')"});
    CHECK(lowered.state.at("cells_max") == "30");
    CHECK(cells_of(next) == 120);
    CHECK(count(world.ssb.log(), "config") == 0);
    CHECK(join_cubes(replayed.cubes).cells.size() == 120);
}

TEST_CASE("a limit that the server does not tell is found by halves, and a server that refuses all is left",
          "[connectors]")
{
    SimWorld world;
    const auto job = job_of(world.ssb.base_url(), "", everything);
    EditingFetcher boasting(world.fetcher, [](const Request& request, Response& response) {
        if (request.url.ends_with("/config"))
            response.body = R"({"apiVersion": "2", "maxDataCells": 100000})";
    });
    world.ssb.limit_cells(30);
    const auto found = run(*job, {}, boasting);
    REQUIRE(found.decoded);
    CHECK(cells_of(found) == 120);
    CHECK(found.state.at("cells_max") == "30");
    world.ssb.limit_cells(0);
    world.ssb.clear_log();
    CHECK_THROWS_WITH(run(*job, {}, boasting),
                      Catch::Contains("Too many cells selected (set 'cells_max' in [source] to "
                                      "what the server answers at most)"));
    CHECK(count(world.ssb.log(), "/data") <= 6);
}

TEST_CASE("a server of v1 that tells maxValues alone is known, and asked for no more", "[connectors]")
{
    SimWorld world;
    sim::SsbHabits habits;
    habits.values_max_alone = true;
    habits.cells_max = 50;
    world.ssb.habits(habits);
    const auto got = run(*job_of(world.ssb.v1_url() + "/no/table", "", everything), {}, world.fetcher);
    REQUIRE(got.decoded);
    CHECK(cells_of(got) == 120);
    CHECK(got.state.at("api") == "v1");
    CHECK(got.state.at("cells_max") == "50");
}

TEST_CASE("a database of v1 may be called as paths of v2 are", "[connectors]")
{
    SimWorld world;
    const auto folder = GENERATE("tables", "codelists", "config");
    const std::string version = GENERATE("version = \"v1\"", "");
    const auto table = std::string(folder) + "/07459";
    EditingFetcher moving(world.fetcher, [](const Request&, Response&) {});
    class Below final : public Fetcher { // the server has its table at the root: the folder is taken out of the path
    public:
        Below(Fetcher& fetcher, std::string folder) : fetcher_(fetcher), folder_(std::move(folder)) {}
        std::optional<Response> fetch(const Request& request, std::stop_token stop) override
        {
            auto asked = request;
            asked.url = replace_all(request.url, folder_ + "/07459", "07459");
            return fetcher_.fetch(asked, stop);
        }

    private:
        Fetcher& fetcher_;
        std::string folder_;
    } below(world.fetcher, folder);
    const auto job = job_of(world.ssb.v1_url() + "/no/table", version, everything, table);
    const auto first = run(*job, {}, below);
    const auto second = run(*job, first.state, below);
    REQUIRE(first.decoded);
    CHECK(cells_of(first) == 120);
    CHECK_FALSE(second.decoded);
    CHECK(join_cubes(job->decode({}, first.responses).cubes).cells.size() == 120);
}

TEST_CASE("an answer is known by what was asked, wherever a redirect led", "[connectors]")
{
    SimWorld world;
    EditingFetcher moved(world.fetcher,
                         [](const Request&, Response& response) { response.url = "https://cdn.example/f/1"; });
    const auto job = job_of(world.ssb.base_url(), "", everything);
    const auto got = run(*job, {}, moved);
    REQUIRE(got.decoded);
    CHECK(cells_of(got) == 120);
    CHECK(join_cubes(job->decode({}, got.responses).cubes).cells.size() == 120);
}

TEST_CASE("expressions that overlap are asked for without anything twice", "[connectors]")
{
    SimWorld world;
    sim::SsbHabits habits;
    habits.overlap_is_500 = true;
    world.ssb.habits(habits);
    const auto got = run(*job_of(world.ssb.base_url(), "",
                                 "Region = [\"0*\", \"*1\"]\nKjonn = []\nAlder = []\nContentsCode = [\"*\"]\n"
                                 "Tid = [\"top(2)\", \"from(2023)\", \"2021\"]\n"),
                         {}, world.fetcher);
    REQUIRE(got.decoded);
    CHECK(cells_of(got) == 3UL * 4); // 0, 0301, 3101; 2021, 2023, 2024, 2025
}

TEST_CASE("codes with blanks at their ends, brackets and commas survive in parts", "[connectors]")
{
    auto table = sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml"));
    auto& ages = table.dimensions[2].categories;
    ages.clear();
    for (const std::string code : {" 01", "01", "02 ", "[a]", "b,c", "d]"})
        ages.push_back({code, code, "", 0});
    table.cells.clear();
    SimWorld world;
    world.ssb.add_table(table);
    const auto got = run(*job_of(world.ssb.base_url(), "cells_max = 5",
                                 "Region = []\nKjonn = []\nAlder = [\"*\"]\nContentsCode = [\"*\"]\nTid = [\"*\"]\n"),
                         {}, world.fetcher);
    REQUIRE(got.decoded);
    CHECK(got.decoded->cubes.size() == 6);
    CHECK(cells_of(got) == 30);
}
