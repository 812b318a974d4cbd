#include "base/error.hpp"
#include "connectors/nifu/nifu.hpp"
#include "tests/sim/sim_files.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

using namespace skurd;

namespace {

std::unique_ptr<Connector> connector_for(const std::string& text)
{
    auto file = Section::parse(text, "job.toml");
    JobSections sections{"job", file.require_table("source"), file.get_table("layout"), "/var/lib/skurd/drop"};
    auto connector = create_nifu(sections);
    file.reject_unknown_keys();
    return connector;
}

} // namespace

TEST_CASE("research and development at Statistics Norway is found by search", "[connectors]")
{
    test::SimWorld world;
    world.ssb.edit("07459", [](auto& table) { table.title = "FoU i helseforetak"; });
    const auto connector =
        connector_for(fmt::format("[source]\nroute = \"ssb\"\nbase_url = \"{}\"\nsearch = \"FoU "
                                  "helseforetak\"\nexpect = \"helseforetak\"\ndataset = "
                                  "\"health-trusts\"\n[source.select]\nContentsCode = [\"*\"]\nTid = "
                                  "[\"*\"]\n",
                                  world.ssb.base_url()));
    const auto decoded = connector->decode({}, test::fetch_all(Exchange(*connector, {}), world.fetcher));

    CHECK(decoded.dataset == "nifu/health-trusts");
    CHECK(decoded.claim.confidence == Confidence::stated);
    CHECK(decoded.cubes.at(0).cells.size() > 1);
    CHECK(connector->guarantee().hosts == std::vector<std::string>{"127.0.0.1"});
}

TEST_CASE("an export is fetched from the address that the job names, and from no other host", "[connectors]")
{
    test::SimWorld world;
    sim::SimFiles files(world.clock);
    files.put("/fou.csv", {"Helseforetak;2013;2015\r\nOslo;1 204,5;..\r\n", "text/csv", "", ""});
    const auto connector = connector_for(
        fmt::format("[source]\nroute = \"http\"\naddresses = [\"{}/fou.csv\"]\n[layout]\nperiods = '^\\d{{4}}$'\n"
                    "[[layout.series]]\ncolumn = \"Helseforetak\"\n[layout.missing]\n\"..\" = \"not available\"\n",
                    files.host_url()));
    const auto decoded = connector->decode({}, test::fetch_all(Exchange(*connector, {}), world.fetcher));
    files.forbid(true);

    const auto& cube = decoded.cubes.at(0);
    REQUIRE(cube.cells.size() == 2);
    CHECK(cube.cells[0].number()->text() == "1204.5");
    CHECK_FALSE(cube.cells[1].has_number());
    CHECK(decoded.conventions.symbols.at("..") == Meaning::not_available);
    CHECK(decoded.dataset == "nifu/job");
    CHECK(connector->guarantee().hosts == std::vector<std::string>{"127.0.0.1"});
    CHECK_THROWS_WITH(test::fetch_all(Exchange(*connector, {}), world.fetcher),
                      files.host_url() + "/fou.csv answered 403: its owner does not want programs there; fetch the "
                                         "file by hand and use route = \"drop\"");
}

TEST_CASE("a file drop of NIFU's is a file drop by another name", "[connectors]")
{
    const auto connector =
        connector_for("[source]\nroute = \"drop\"\nfiles = \"*.csv\"\n[layout]\nperiods = '^\\d{4}$'\n"
                      "[[layout.series]]\ncolumn = \"HF\"\n");
    const auto step = connector->next({}, {});
    REQUIRE(std::holds_alternative<Request>(step));
    const auto& request = std::get<Request>(step);
    Response file;
    file.body = "HF;2013\nOslo;1\n";
    const std::vector<Response> responses = {file};
    CHECK(request.kind == Request::Kind::file);
    CHECK(request.pattern == "*.csv");
    CHECK(request.url == "/var/lib/skurd/drop");
    CHECK(connector->decode({}, responses).dataset == "nifu/job");
}
