#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/pxweb/pxweb.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

#include <fmt/format.h>

using namespace skurd;
using test::run;
using test::SimWorld;

namespace {

std::unique_ptr<Connector> connector_for(const SimWorld& world, const std::string& select)
{
    auto file = Section::parse(fmt::format("[source]\ntable = \"07459\"\nbase_url = \"{}\"\nexpect = \"Befolkning\"\n"
                                           "[source.select]\n{}\n",
                                           world.ssb.base_url(), select),
                               "job.toml");
    JobSections sections{"job", file.require_table("source"), std::nullopt, ""};
    auto connector = create_ssb(sections);
    file.reject_unknown_keys();
    return connector;
}

/// The cell of the table published now, as "number symbol".
std::string published(const sim::SimTable& table, const std::vector<std::size_t>& positions)
{
    const auto value = table.value_at(positions);
    return (value.number ? value.number->text() : "") + " " + value.symbol;
}

std::string text_of(const Cube& cube, std::size_t cell)
{
    const auto number = cube.cells[cell].number();
    return (number ? number->text() : "") + " " + cube.symbols[cube.cells[cell].symbol];
}

sim::SimTable sample_table()
{
    return sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml"));
}

constexpr auto everything = R"~(Region = ["*"]
Kjonn = ["1", "2"]
Alder = ["*"]
ContentsCode = ["Personer1"]
Tid = ["from(2021)"])~";

} // namespace

TEST_CASE("a table arrives over HTTP exactly as it was published", "[connectors]")
{
    SimWorld world;
    const auto connector = connector_for(world, everything);
    const auto first = run(*connector, {}, world.fetcher);

    REQUIRE(first.decoded);
    REQUIRE(first.decoded->cubes.size() == 1);
    const auto& cube = first.decoded->cubes[0];
    const auto table = sample_table();
    std::size_t cell = 0;
    for (std::size_t region = 0; region < 4; ++region)
        for (std::size_t sex = 0; sex < 2; ++sex)
            for (std::size_t age = 0; age < 3; ++age)
                for (std::size_t year = 0; year < 5; ++year)
                    REQUIRE(text_of(cube, cell++) == published(table, {region, sex, age, 0, year}));
    CHECK(cube.cells.size() == cell);
    CHECK(cube.dimensions[0].categories[1].label == "Oslo");
    CHECK(first.decoded->dataset == "ssb/07459");
    CHECK(first.decoded->claim.field == "updated");
    CHECK(first.decoded->claim.confidence == Confidence::stated);
    CHECK(first.decoded->conventions.symbols.at(".") == Meaning::not_applicable);
    CHECK(first.decoded->notes.empty());
    CHECK(world.ssb.log().size() == 3);
}

TEST_CASE("an unchanged table costs one request, a revision brings its cells", "[connectors]")
{
    SimWorld world;
    const auto connector = connector_for(world, everything);
    const auto first = run(*connector, {}, world.fetcher);
    const auto second = run(*connector, first.decoded->state, world.fetcher);
    const auto asked = world.ssb.log().size();
    world.ssb.publish("07459", {{{"0,1,000,Personer1,2025", "27105*"}}, {{"Tid", {"2026"}}}}, "2026-02-25T07:00:00Z");
    const auto third = run(*connector, first.decoded->state, world.fetcher);
    const auto fourth = run(*connector, third.decoded->state, world.fetcher);

    CHECK(second.unchanged == "table 07459: updated is still 2025-02-25T07:00:00Z");
    CHECK(asked == 4);
    REQUIRE(third.decoded);
    const auto& before = first.decoded->cubes[0];
    const auto& after = third.decoded->cubes[0];
    CHECK(before.cells.size() == 4UL * 2 * 3 * 5);
    CHECK(after.cells.size() == 4UL * 2 * 3 * 6);
    // Region 0, sex 1 (second of the table's order), age 000, 2025.
    CHECK(text_of(before, 1 * 3 * 5 + 4) == "27104 ");
    CHECK(text_of(after, 1 * 3 * 6 + 4) == "27105 *");
    CHECK(after.dimensions.back().categories.back().code == "2026");
    CHECK(third.decoded->claim.published_at == *parse_time("2026-02-25T07:00:00Z"));
    CHECK(fourth.unchanged == "table 07459: updated is still 2026-02-25T07:00:00Z");
}

TEST_CASE("the day a table announces for its next release is passed on, in each form it may have", "[connectors]")
{
    SimWorld world;
    const auto connector = connector_for(world, everything);
    const auto first = run(*connector, {}, world.fetcher);
    const auto announced = [&](const std::string& next_update) {
        auto responses = first.responses;
        for (auto& response : responses)
            if (response.url.find("/metadata") != std::string::npos)
                response.body = replace_all(response.body, "\"tableid\"", next_update + "\"tableid\"");
        const auto decoded = connector->decode({}, responses);
        return decoded.next_published_at ? format_time(*decoded.next_published_at) : "unsaid";
    };

    CHECK(announced("") == "unsaid");
    CHECK(announced(R"("nextUpdate": "2027-03-05T08:00:00+01:00", )") == "2027-03-05T07:00:00Z");
    CHECK(announced(R"("nextUpdate": "2027-03-05T08:00:00Z", )") == "2027-03-05T08:00:00Z");
    // Without an offset it is the clock in Oslo.
    CHECK(announced(R"("nextUpdate": "2027-03-05", )") == "2027-03-04T23:00:00Z");
    CHECK(announced(R"("nextUpdate": "20270305 08:00", )") == "2027-03-05T07:00:00Z");
    CHECK(announced(R"("nextUpdate": "20270305", )") == "2027-03-04T23:00:00Z");
    CHECK(announced(R"("nextUpdate": "20271305 08:00", )") == "unsaid");
    CHECK(announced(R"("nextUpdate": "in spring", )") == "unsaid");
    CHECK(announced(R"("nextUpdate": null, )") == "unsaid");
    CHECK(announced(R"("nextUpdate": 20270305, )") == "unsaid");
}

TEST_CASE("dimensions left out disappear, and the run says so", "[connectors]")
{
    SimWorld world;
    const auto connector = connector_for(world, "ContentsCode = [\"*\"]\nTid = [\"top(1)\"]");
    const auto got = run(*connector, {}, world.fetcher);
    REQUIRE(got.decoded);
    CHECK(got.decoded->cubes[0].dimensions.size() == 2);
    CHECK(got.decoded->cubes[0].cells.size() == 1);
    CHECK(got.decoded->notes ==
          std::vector<std::string>{"not selected, so the response is for their total: Region, Kjonn, Alder"});
}

TEST_CASE("codes with signs, spaces and Norwegian letters survive both ways of asking", "[connectors]")
{
    auto table = sample_table();
    const std::vector<std::string> odd = {"80+", "a b", "Ærø/Å", "x,y", "50%", "a&b=c", "#1", "q\"t"};
    auto& categories = table.dimensions[2].categories;
    categories.clear();
    for (const auto& code : odd)
        categories.push_back({code, code, "", 0});
    for (int i = 0; i < 300; ++i)
        categories.push_back({fmt::format("code-{}", i), "", "", 0});
    table.cells.clear();
    std::string select = "ContentsCode = [\"*\"]\nTid = [\"2021\"]\nAlder = ['q\"t', \"80+\", \"a b\", \"Ærø/Å\", "
                         "\"x,y\", \"50%\", \"a&b=c\", \"#1\"";
    SimWorld world;
    world.ssb.add_table(table);
    const auto short_one = run(*connector_for(world, select + "]"), {}, world.fetcher);
    for (int i = 0; i < 300; ++i)
        select += fmt::format(", \"code-{}\"", i);
    const auto long_one = run(*connector_for(world, select + "]"), {}, world.fetcher);

    CHECK(short_one.decoded->cubes[0].cells.size() == odd.size());
    CHECK(long_one.decoded->cubes[0].cells.size() == odd.size() + 300);
    CHECK(world.ssb.log()[2].starts_with("GET "));
    CHECK(world.ssb.log()[5] == "POST /api/pxwebapi/v2/tables/07459/data?lang=no&outputFormat=json-stat2");
}

TEST_CASE("a table that is not there, and a maintenance page, are told apart", "[connectors]")
{
    SimWorld world;
    auto file = Section::parse(fmt::format("[source]\ntable = \"99999\"\nbase_url = \"{}\"\n[source.select]\n"
                                           "Tid = [\"*\"]\n",
                                           world.ssb.base_url()),
                               "job.toml");
    JobSections sections{"job", file.require_table("source"), std::nullopt, ""};
    const auto unknown = create_ssb(sections);
    CHECK_THROWS_WITH(run(*unknown, {}, world.fetcher),
                      "table 99999 is not at " + world.ssb.base_url() + ": check 'table' in [source] (job.toml:2)");
    const auto known = connector_for(world, everything);
    world.ssb.fail_next(4, sim::html_page());
    CHECK_THROWS_WITH(
        run(*known, {}, world.fetcher),
        Catch::EndsWith(
            "(description of table 07459): HTML instead of application/json (a maintenance page?); run the "
            "job again later"));
}

TEST_CASE("a flaky server costs time, not numbers", "[connectors]")
{
    SimWorld world;
    const auto connector = connector_for(world, everything);
    const auto calm = run(*connector, {}, world.fetcher);
    auto busy = sim::status_reply(429, "");
    busy.headers["Retry-After"] = "3";
    world.ssb.fail_next(1, busy);
    world.ssb.fail_next(1, sim::status_reply(503, ""));
    world.ssb.cut_next(100);
    const auto stormy = run(*connector, {}, world.fetcher);
    REQUIRE(stormy.decoded);
    REQUIRE(stormy.decoded->cubes[0].cells.size() == calm.decoded->cubes[0].cells.size());
    bool equal = true;
    for (std::size_t i = 0; i < calm.decoded->cubes[0].cells.size(); ++i)
        equal = equal && text_of(calm.decoded->cubes[0], i) == text_of(stormy.decoded->cubes[0], i);
    CHECK(equal);
}
