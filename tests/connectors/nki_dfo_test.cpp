#include "base/error.hpp"
#include "connectors/dfo/dfo.hpp"
#include "connectors/nki/nki.hpp"
#include "fetch/curl_fetcher.hpp"
#include "normalise/join_cubes.hpp"
#include "tests/sim/archive.hpp"
#include "tests/sim/loopback.hpp"
#include "tests/sim/sim_files.hpp"
#include "tests/sim/sim_nki.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

using namespace skurd;

namespace {

std::unique_ptr<Connector> connector_for(std::unique_ptr<Connector> (*create)(JobSections&),
                                         const std::string& source)
{
    auto file = Section::parse("[source]\n" + source, "job.toml");
    JobSections sections{"job", file.require_table("source"), std::nullopt, ""};
    auto connector = create(sections);
    file.reject_unknown_keys();
    return connector;
}

struct World {
    test::SharedClock clock{"2026-05-04T08:20:00Z"};
    CurlFetcher fetcher{test::loopback_settings(), clock, 1};
};

/// One row of a year's accounts of chapter 0765.
std::string accounts_of(int year, const std::string& name, const std::string& amount)
{
    std::vector<std::string> row(28, "x");
    row[0] = std::to_string(year);
    row[1] = fmt::format("{}03", year);
    row[10] = "0765";
    row[11] = name;
    row[12] = "076521";
    row[27] = amount;
    return sim::dfo_zip(fmt::format("statsregnskapet_aar_{}.csv", year), {row});
}

sim::SimFile file_of(std::string bytes, const std::string& type = "application/zip")
{
    return {std::move(bytes), type, "", ""};
}

} // namespace

TEST_CASE("without its key the API of quality indicators says which setting is missing", "[connectors]")
{
    World world;
    sim::SimNki nki(world.clock);
    const auto connector =
        connector_for(&create_nki, fmt::format("title = \"x\"\nbase_url = \"{}\"", nki.base_url()));
    std::string message;
    try {
        test::fetch_all(Exchange(*connector, {}), world.fetcher);
    } catch (const Error& failure) {
        message = failure.what();
    }
    CHECK(message ==
          "127.0.0.1 answered 401 for the list of indicators: no key, or a wrong one; it wants a "
          "subscription key (utvikler.helsedirektoratet.no): write [fetch.keys.\"127.0.0.1\"] with header = "
          "\"Ocp-Apim-Subscription-Key\" and file = the file with the key, in the configuration");
}

TEST_CASE("the state accounts of all years are fetched until there is no file, labels are the newest", "[connectors]")
{
    World world;
    sim::SimFiles files(world.clock);
    files.put("/nedlasting/statsregnskapet_aar_2023.zip", file_of(accounts_of(2023, "Psykisk helse", "1,500")));
    files.put("/nedlasting/statsregnskapet_aar_2024.zip",
              file_of(accounts_of(2024, "Psykisk helse og rus", "2,250")));
    const auto base = fmt::format("chapters = [\"0765\"]\nbase_url = \"{}/nedlasting\"\n", files.host_url());
    const auto connector = connector_for(&create_dfo, base + "first_year = 2023");
    const auto responses = test::fetch_all(Exchange(*connector, {}), world.fetcher);
    const auto decoded = connector->decode({}, responses);
    const auto cube = join_cubes(decoded.cubes);

    CHECK(responses.size() == 3);
    CHECK(responses.back().status == 404);
    CHECK(decoded.dataset == "dfo/job");
    CHECK(cube.find("kapittel")->categories.at(0).label == "Psykisk helse og rus");
    REQUIRE(cube.cells.size() == 2);
    CHECK(cube.cells[0].number()->text() == "1.500");
    CHECK(cube.cells[1].number()->text() == "2.250");

    const auto bounded = connector_for(&create_dfo, base + "first_year = 2023\nlast_year = 2023");
    const auto missing = connector_for(&create_dfo, base + "first_year = 2025");
    CHECK(test::fetch_all(Exchange(*bounded, {}), world.fetcher).size() == 1);
    CHECK_THROWS_AS(test::fetch_all(Exchange(*missing, {}), world.fetcher), Error);
}

TEST_CASE("a year of the state accounts that had a file is not left out when its file is missed", "[connectors]")
{
    World world;
    sim::SimFiles files(world.clock);
    files.put("/statsregnskapet_aar_2023.zip", file_of(accounts_of(2023, "x", "1,500")));
    files.put("/statsregnskapet_aar_2024.zip", file_of(accounts_of(2024, "x", "2,250")));
    const auto connector = connector_for(
        &create_dfo, fmt::format("chapters = [\"0765\"]\nbase_url = \"{}\"\nfirst_year = 2023", files.host_url()));
    const auto state = connector->decode({}, test::fetch_all(Exchange(*connector, {}), world.fetcher)).state;
    files.remove("/statsregnskapet_aar_2024.zip");
    world.clock.wait(std::chrono::hours(1), {}); // the jobs of a source share its answers for a while
    const auto responses = test::fetch_all(Exchange(*connector, {}), world.fetcher);

    REQUIRE(responses.size() == 2);
    CHECK(std::holds_alternative<Ready>(connector->next({}, responses)));
    CHECK_THROWS_WITH(connector->next(state, responses), Catch::Contains("answered 404 for "));
}

TEST_CASE("accounts of another year under a year's name are refused", "[connectors]")
{
    World world;
    sim::SimFiles files(world.clock);
    files.put("/statsregnskapet_aar_2023.zip", file_of(accounts_of(2022, "x", "1,500")));
    files.put("/statsregnskapet_hittil_i_aar.zip", file_of(accounts_of(2025, "x", "3,000")));
    files.put("/page.zip", file_of("<html>Vedlikehold</html>", "text/html"));
    const auto base = fmt::format("chapters = [\"0765\"]\nbase_url = \"{}\"\n", files.host_url());
    const auto wrong = connector_for(&create_dfo, base + "first_year = 2023\nlast_year = 2023");
    const auto one = connector_for(&create_dfo, base + "file = \"statsregnskapet_hittil_i_aar.zip\"");
    const auto page = connector_for(&create_dfo, base + "file = \"page.zip\"");

    const auto wrong_responses = test::fetch_all(Exchange(*wrong, {}), world.fetcher);
    CHECK_THROWS_AS(wrong->decode({}, wrong_responses), Error);
    const auto decoded = one->decode({}, test::fetch_all(Exchange(*one, {}), world.fetcher));
    CHECK(decoded.cubes.at(0).find("periode")->categories.at(0).code == "2025");
    CHECK_THROWS_AS(test::fetch_all(Exchange(*page, {}), world.fetcher), Error);
}
