// A table's life, seen over days through a simulated statbank: nothing new, news, an audit, its end.
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "connectors/pxweb/pxweb.hpp"
#include "normalise/join_cubes.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

#include <algorithm>

using namespace skurd;
using test::run;
using test::SimWorld;
using namespace std::chrono_literals;

namespace {

/// Answers the same question again from what was answered, where the question allows it: as the host does.
class SharingFetcher final : public Fetcher {
public:
    explicit SharingFetcher(Fetcher& fetcher) : fetcher_(fetcher) {}

    std::optional<Response> fetch(const Request& request, std::stop_token stop) override
    {
        if (const auto kept = kept_.find(request.url); request.share.count() > 0 && kept != kept_.end())
            return kept->second;
        auto response = fetcher_.fetch(request, stop);
        if (response && request.share.count() > 0)
            kept_[request.url] = *response;
        return response;
    }

private:
    Fetcher& fetcher_;
    std::map<std::string, Response> kept_;
};

std::unique_ptr<Connector> made(const std::string& kind, const std::string& source)
{
    auto file = Section::parse("[source]\n" + source, "job.toml");
    JobSections sections{"job", file.require_table("source"), std::nullopt, ""};
    auto connector = create_connector(kind, "job.toml:1", sections);
    file.reject_unknown_keys();
    return connector;
}

std::unique_ptr<Connector> ssb(const SimWorld& world, const std::string& table, const std::string& more = "")
{
    return made("ssb", fmt::format("table = \"{}\"\nbase_url = \"{}\"\n{}\n[source.select]\nRegion = [\"*\"]\n"
                                   "ContentsCode = [\"*\"]\nTid = [\"*\"]\n",
                                   table, world.ssb.base_url(), more));
}

constexpr auto population = R"~(expect = "Befolkning"
[source.select]
Region = ["*"]
Kjonn = ["1", "2"]
Alder = ["*"]
ContentsCode = ["Personer1"]
Tid = ["*"]
)~";

std::unique_ptr<Connector> population_of(const std::string& kind, const std::string& base_url,
                                         const std::string& more = "")
{
    return made(kind, fmt::format("table = \"07459\"\nbase_url = \"{}\"\n{}\n{}", base_url, more, population));
}

std::vector<std::string> texts(const Cube& cube)
{
    std::vector<std::string> texts;
    for (const auto& cell : cube.cells)
        texts.push_back((cell.number() ? cell.number()->text() : "") + " " + cube.symbols[cell.symbol]);
    return texts;
}

std::size_t count(const std::vector<std::string>& log, const std::string& part)
{
    return static_cast<std::size_t>(std::count_if(
        log.begin(), log.end(), [&](const auto& line) { return line.find(part) != std::string::npos; }));
}

} // namespace

TEST_CASE("on a day without news sixty jobs of one server cost one question", "[connectors]")
{
    SimWorld world;
    world.ssb.add_many(60, "2025-02-20T07:00:00Z");
    std::vector<std::unique_ptr<Connector>> jobs;
    std::vector<ConnectorState> states;
    for (int i = 1; i <= 60; ++i) {
        jobs.push_back(ssb(world, fmt::format("{}", 20000 + i)));
        states.push_back(run(*jobs.back(), {}, world.fetcher).state);
    }
    world.clock.wait(24h, {});
    world.ssb.publish("20007", {}, "2025-03-04T07:00:00Z");
    world.ssb.clear_log();
    SharingFetcher shared(world.fetcher);
    std::vector<std::string> changed;
    for (std::size_t i = 0; i < jobs.size(); ++i)
        if (const auto today = run(*jobs[i], states[i], shared); today.unchanged.empty())
            changed.push_back(today.decoded->dataset);
    const auto log = world.ssb.log();

    CHECK(changed == std::vector<std::string>{"ssb/20007"});
    CHECK(count(log, "/tables?") == 1);
    CHECK(log.size() == 1 + 3); // and description, metadata and data of the one that changed
}

TEST_CASE("an update list is relied on for as long as it reaches back, and the whole is fetched again some day",
          "[connectors]")
{
    SimWorld world;
    const auto connector = population_of("ssb", world.ssb.base_url());
    auto state = run(*connector, {}, world.fetcher).state;
    std::vector<std::size_t> asked;
    std::size_t audits = 0;
    for (const auto days : {1, 5, 6, 8, 1, 6, 6, 6, 6}) {
        world.clock.wait(24h * days, {});
        world.ssb.clear_log();
        const auto today = run(*connector, state, world.fetcher);
        asked.push_back(world.ssb.log().size());
        audits += today.decoded.has_value() ? 1 : 0;
        state = today.state;
    }

    // After eight days the table itself is asked; on the 34th day or before everything.
    CHECK(std::vector(asked.begin(), asked.begin() + 5) == std::vector<std::size_t>{1, 1, 1, 2, 1});
    CHECK(audits == 1);
    CHECK(*std::max_element(asked.begin(), asked.end()) == 4);
}

TEST_CASE("a selection above the server's limit comes in parts that are one table", "[connectors]")
{
    SimWorld world;
    const auto whole = run(*population_of("ssb", world.ssb.base_url()), {}, world.fetcher);
    const auto most = GENERATE(1, 7, 30, 119);
    world.ssb.limit_cells(static_cast<std::size_t>(most));
    const auto job = population_of("pxweb", world.ssb.base_url(), "name = \"x\"\nlanguage = \"no\"");
    if (most == 1) { // 120 questions of one cell are too many
        CHECK_THROWS_WITH(run(*job, {}, world.fetcher), Catch::Contains("more than 100 requests; select less"));
        return;
    }
    const auto parts = run(*job, {}, world.fetcher);

    REQUIRE(parts.decoded);
    CHECK(parts.decoded->cubes.size() > 1);
    CHECK(parts.decoded->dataset == "x/07459");
    const auto joined = join_cubes(parts.decoded->cubes);
    CHECK(texts(joined) == texts(whole.decoded->cubes.front()));
    CHECK(joined.dimensions.size() == 5);
}

TEST_CASE("a table that is published between two parts is not ingested half", "[connectors]")
{
    SimWorld world;
    world.ssb.limit_cells(30);
    const auto job = population_of("ssb", world.ssb.base_url(), "cells_max = 30");
    std::vector<Response> responses;
    for (;;) {
        const auto step = job->next({}, responses);
        if (std::holds_alternative<Ready>(step))
            break;
        if (responses.size() == 4)
            world.ssb.publish("07459", {{{"0,1,000,Personer1,2025", "1"}}, {}}, "2025-03-03T08:00:00Z");
        responses.push_back(world.fetcher.fetch(std::get<Request>(step), {}).value());
    }
    CHECK_THROWS_WITH(job->decode({}, responses),
                      "table 07459 was updated between two parts of its data (2025-02-25T07:00:00Z, "
                      "2025-03-03T08:00:00Z); run the job again");
}

TEST_CASE("v1 and v2 give the same table, and v1 says cheaply that nothing is new", "[connectors]")
{
    SimWorld world;
    const auto v2 = run(*population_of("ssb", world.ssb.base_url()), {}, world.fetcher);
    const auto job = population_of("pxweb", world.ssb.v1_url() + "/no/table", "name = \"ssb\"");
    world.ssb.clear_log();
    const auto v1 = run(*job, {}, world.fetcher);
    const auto first = world.ssb.log().size();
    const auto again = run(*job, v1.state, world.fetcher);
    const auto second = world.ssb.log().size() - first;
    world.ssb.publish("07459", {{{"0,1,000,Personer1,2025", "27110"}}, {}}, "2025-03-03T08:00:00Z");
    const auto revised = run(*job, again.state, world.fetcher);

    REQUIRE(v1.decoded);
    CHECK(texts(v1.decoded->cubes.front()) == texts(v2.decoded->cubes.front()));
    CHECK(v1.decoded->dataset == "ssb/07459");
    CHECK(v1.decoded->claim.published_at == v2.decoded->claim.published_at);
    CHECK(v1.decoded->conventions.time_dimension == "Tid");
    CHECK(first == 4); // two looks at what server it is, the description, the data
    CHECK(again.unchanged == "table 07459: updated is still 2025-02-25T07:00:00Z");
    CHECK(second == 1);
    REQUIRE(revised.decoded);
    CHECK(revised.decoded->claim.published_at == *parse_time("2025-03-03T08:00:00Z"));
    CHECK(texts(revised.decoded->cubes.front()) != texts(v1.decoded->cubes.front()));
}

TEST_CASE("v1 in parts, too, is one table", "[connectors]")
{
    SimWorld world;
    const auto whole = run(*population_of("ssb", world.ssb.base_url()), {}, world.fetcher);
    world.ssb.limit_cells(30);
    const auto parts =
        run(*population_of("pxweb", world.ssb.v1_url() + "/no/table", "version = \"v1\""), {}, world.fetcher);
    REQUIRE(parts.decoded);
    CHECK(parts.decoded->cubes.size() >= 4);
    CHECK(texts(join_cubes(parts.decoded->cubes)) == texts(whole.decoded->cubes.front()));
}

TEST_CASE("stored responses are decoded again without what was remembered", "[connectors]")
{
    SimWorld world;
    const auto v1 = GENERATE(false, true);
    const auto job = population_of("pxweb", v1 ? world.ssb.v1_url() + "/no/table" : world.ssb.base_url());
    const auto first = run(*job, {}, world.fetcher);
    world.ssb.publish("07459", {{{"0,1,000,Personer1,2025", "27110"}}, {}}, "2025-03-03T08:00:00Z");
    const auto second = run(*job, first.state, world.fetcher);
    REQUIRE(second.decoded);
    const auto again = job->decode({}, second.responses);

    CHECK(second.responses.size() >
          first.responses.size() - (v1 ? 2 : 1)); // with an update list or probe, without a /config
    CHECK(texts(again.cubes.front()) == texts(second.decoded->cubes.front()));
    CHECK(again.dataset == second.decoded->dataset);
    CHECK(again.claim.published_at == second.decoded->claim.published_at);
}

TEST_CASE("a table that vanishes is gone on the second day, and nothing takes its place", "[connectors]")
{
    SimWorld world;
    const auto connector = population_of("ssb", world.ssb.base_url(), "audit_days = 1");
    const auto first = run(*connector, {}, world.fetcher);
    world.ssb.remove_table("07459");
    world.clock.wait(24h * 8, {});
    const auto missing = run(*connector, first.state, world.fetcher);
    const auto same_day = run(*connector, missing.state, world.fetcher);
    world.clock.wait(24h, {});
    const auto gone = run(*connector, same_day.state, world.fetcher);
    world.ssb.add_table(sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
    const auto back = run(*connector, gone.state, world.fetcher);

    CHECK(missing.failure.find("is not there today") != std::string::npos);
    CHECK(missing.findings.empty());
    CHECK(same_day.findings.empty());
    REQUIRE(gone.findings.size() == 1);
    CHECK(gone.findings[0].kind == FlagKind::frozen);
    CHECK(gone.findings[0].text_nb.find("finnes ikke lenger hos kilden, siden 2025-03-11") != std::string::npos);
    CHECK(back.failure.empty());
    CHECK(back.findings.empty());
    CHECK(!back.state.contains("gone_since"));
}

TEST_CASE("a passing fault of the metadata is no sign of a table's end", "[connectors]")
{
    SimWorld world;
    const auto connector = population_of("ssb", world.ssb.base_url());
    world.ssb.metadata_flukes(1);
    CHECK_THROWS_WITH(run(*connector, {}, world.fetcher),
                      Catch::EndsWith("its description is, its metadata is not; run the job again later"));
    CHECK(run(*connector, {}, world.fetcher).decoded);
}

TEST_CASE("the end of a table is flagged once it is marked, and stays so without further questions", "[connectors]")
{
    SimWorld world;
    const auto connector = population_of("ssb", world.ssb.base_url());
    const auto first = run(*connector, {}, world.fetcher);
    world.ssb.edit("07459", [](sim::SimTable& table) { table.discontinued = true; });
    world.ssb.publish("07459", {}, "2025-03-03T08:00:00Z");
    const auto ended = run(*connector, first.state, world.fetcher);
    world.clock.wait(24h, {});
    world.ssb.clear_log();
    const auto later = run(*connector, ended.state, world.fetcher);

    CHECK(first.findings.empty());
    REQUIRE(ended.findings.size() == 1);
    CHECK(ended.findings[0].kind == FlagKind::frozen);
    REQUIRE(later.findings.size() == 1);
    CHECK(later.findings[0].text_en == ended.findings[0].text_en);
    CHECK(world.ssb.log().size() == 1);
}

TEST_CASE("a table found by a search is pinned, and a second one that fits only makes a finding", "[connectors]")
{
    SimWorld world;
    const auto job = made("ssb", fmt::format("search = \"befolkning\"\ndataset = \"people\"\nbase_url = \"{}\"\n{}",
                                             world.ssb.base_url(), population));
    const auto first = run(*job, {}, world.fetcher);
    auto second_table = sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml"));
    second_table.id = "14500";
    second_table.updated = "2025-03-04T07:00:00Z";
    world.clock.wait(24h, {});
    world.ssb.add_table(second_table);
    const auto second = run(*job, first.state, world.fetcher);

    REQUIRE(first.decoded);
    CHECK(first.decoded->dataset == "ssb/people");
    CHECK(first.state.at("table") == "07459");
    CHECK(second.unchanged == "table 07459: updated is still 2025-02-25T07:00:00Z");
    CHECK(second.state.at("table") == "07459");
    REQUIRE(second.findings.size() == 1);
    CHECK(second.findings[0].kind == FlagKind::replaced);
    CHECK(second.findings[0].text_en.find("14500") != std::string::npos);
}

TEST_CASE("a codelist of the source stands for the table's own codes", "[connectors]")
{
    SimWorld world;
    const auto v1 = GENERATE(false, true);
    const auto got = run(*made("pxweb", fmt::format(R"~(table = "07459"
base_url = "{}"
[source.codelist]
Region = "agg_KommFylker"
[source.select]
Region = {}
Kjonn = []
Alder = []
ContentsCode = ["*"]
Tid = ["top(1)"]
)~",
                                                    v1 ? world.ssb.v1_url() + "/no/table" : world.ssb.base_url(),
                                                    v1 ? R"(["F-03"])" : R"(["*03"])")),
                         {}, world.fetcher);
    REQUIRE(got.decoded);
    const auto& region = *got.decoded->cubes.front().find("Region");
    CHECK(region.categories.size() == 1);
    CHECK(region.categories.front().code == "F-03");
    CHECK(got.decoded->cubes.front().dimensions.size() == 3);
    CHECK(got.decoded->notes.empty());
}

TEST_CASE("a job states its blackout window, also by the key's old name", "[connectors]")
{
    const auto window = [](const std::string& line) {
        return population_of("pxweb", "https://px.example.org/v2", line)->guarantee().blackout;
    };

    for (const std::string key : {"blackout", "quiet"}) {
        INFO(key);
        const auto hours = window(key + " = \"04:30-06:00 Europe/Stockholm\"");
        REQUIRE(hours);
        CHECK(hours->from == 4h + 30min);
        CHECK(hours->until == 6h);
        CHECK(hours->timezone == "Europe/Stockholm");
        CHECK_FALSE(population_of("ssb", "https://data.ssb.no/v2", key + " = \"none\"")->guarantee().blackout);
        CHECK_THROWS_WITH(window(key + " = \"06:00-04:30\""),
                          Catch::Contains("'" + key + "' must be \"none\" or hours of a day"));
    }
}

TEST_CASE("Statistics Norway's figures of the early morning are unreliable", "[connectors]")
{
    const SimWorld world;
    const auto guarantee = population_of("ssb", "https://Data.SSB.no:443/api/pxwebapi/v2/")->guarantee();
    REQUIRE(guarantee.blackout);
    CHECK(guarantee.blackout->from == 5h);
    CHECK(guarantee.blackout->until == 8h + 15min);
    CHECK(guarantee.blackout->timezone == "Europe/Oslo");
    CHECK(guarantee.hosts == std::vector<std::string>{"data.ssb.no"});
    CHECK_FALSE(population_of("pxweb", "https://px.example.org/v2")->guarantee().blackout);
}
