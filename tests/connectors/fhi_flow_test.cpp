#include "base/error.hpp"
#include "base/time_text.hpp"
#include "connectors/fhi/fhi.hpp"
#include "normalise/join_cubes.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

#include <algorithm>

using namespace skurd;
using test::fetch_all;
using test::FhiWorld;
using test::run;

namespace {

std::unique_ptr<Connector> connector_for(const FhiWorld& world, const std::string& source, const std::string& select,
                                         const std::string& job = "job")
{
    auto file = Section::parse(
        fmt::format("[source]\nbase_url = \"{}\"\n{}\n[source.select]\n{}\n", world.fhi.base_url(), source, select),
        "job.toml");
    JobSections sections{job, file.require_table("source"), std::nullopt, ""};
    auto connector = create_fhi(sections);
    file.reject_unknown_keys();
    return connector;
}

constexpr auto deaths = "source = \"daar\"\ntable = 325";
constexpr auto deaths_by_title = "source = \"daar\"\ntitle = \"^D7a_narkotika_antall\"";
constexpr auto totals = R"~(DAAR = ["*"]
KJONN = ["*"]
FYLKE = ["Total"]
NARKOTIKA = ["label(totalt$)"]
MEASURE_TYPE = ["ANTALL"])~";
constexpr auto everything = R"~(DAAR = ["*"]
KJONN = ["*"]
FYLKE = ["*"]
NARKOTIKA = ["*"]
MEASURE_TYPE = ["*"])~";

/// The cell of a simulated table in the order of the cube's dimensions, as "number symbol".
std::string published(const sim::SimTable& table, const Cube& cube, std::size_t cell)
{
    std::vector<std::size_t> positions(table.dimensions.size());
    for (auto dimension = cube.dimensions.rbegin(); dimension != cube.dimensions.rend(); ++dimension) {
        const auto& code = dimension->categories[cell % dimension->categories.size()].code;
        cell /= dimension->categories.size();
        for (std::size_t i = 0; i < table.dimensions.size(); ++i)
            if (table.dimensions[i].id == dimension->id)
                for (std::size_t at = 0; at < table.dimensions[i].categories.size(); ++at)
                    if (table.dimensions[i].categories[at].code == code)
                        positions[i] = at;
    }
    const auto value = table.value_at(positions);
    return (value.number && value.symbol.empty() ? value.number->text() : "") + " " + value.symbol;
}

std::string text_of(const Cube& cube, std::size_t cell)
{
    const auto number = cube.cells[cell].number();
    return (number ? number->text() : "") + " " + cube.symbols[cube.cells[cell].symbol];
}

void pass_days(FhiWorld& world, int days)
{
    world.clock.wait(std::chrono::hours(24 * days), {});
}

} // namespace

TEST_CASE("a table of FHI arrives exactly as it was published, in one part or in many", "[connectors]")
{
    for (const std::string rows : {"", "\nrows_max = 50"}) {
        FhiWorld world;
        const auto got = run(*connector_for(world, deaths + rows, everything), {}, world.fetcher);

        REQUIRE(got.decoded);
        CHECK(got.decoded->cubes.size() == (rows.empty() ? 1 : 6));
        const auto cube = join_cubes(got.decoded->cubes);
        const auto table = test::fhi_table("daar-325").table;
        REQUIRE(cube.cells.size() == 6UL * 3 * 5 * 3);
        for (std::size_t cell = 0; cell < cube.cells.size(); ++cell)
            REQUIRE(text_of(cube, cell) == published(table, cube, cell));
        CHECK(got.decoded->dataset == "fhi/daar/325");
        CHECK(got.decoded->claim.field == "updated");
        CHECK(got.decoded->claim.published_at == *parse_time("2025-06-12T05:00:00Z"));
        CHECK(got.decoded->conventions.time_dimension == "DAAR");
        CHECK(got.decoded->conventions.symbols.at(":") == Meaning::confidential);
    }
}

TEST_CASE("the line \"*\" names every dimension of a table that no other line does", "[connectors]")
{
    FhiWorld world;
    const auto connector = connector_for(world, deaths, "DAAR = [\"top(2)\"]\nKJONN = [\"Total\"]\n\"*\" = [\"*\"]");
    const auto got = run(*connector, {}, world.fetcher);
    const auto whole = run(*connector_for(world, deaths, R"("*" = ["*"])"), {}, world.fetcher);
    const auto responses = fetch_all(
        Exchange([&](std::span<const Response> so_far) { return connector->next_check(so_far); }), world.fetcher);
    const auto results = connector->check(responses);

    REQUIRE(got.decoded);
    CHECK(join_cubes(got.decoded->cubes).cells.size() == 2UL * 5 * 3);
    CHECK(got.decoded->coverage == Coverage::complete_selection);
    REQUIRE(whole.decoded);
    CHECK(join_cubes(whole.decoded->cubes).cells.size() == 6UL * 3 * 5 * 3);
    CHECK(whole.decoded->coverage == Coverage::full_history);
    CHECK(results.back().kind == CheckResult::Kind::confirmed);
    CHECK(results.back().fix == CheckResult::Fix::replace);
    CHECK(results.back().line == "FYLKE = [\"*\"]\nNARKOTIKA = [\"*\"]\nMEASURE_TYPE = [\"*\"]");
    CHECK_THROWS_WITH(connector_for(world, deaths, "\"*\" = [\"top(1)\"]"),
                      Catch::Contains("it can only be \"*\" = [\"*\"]"));
}

TEST_CASE("one code for every dimension that no line names is a guess at FHI where a dimension is without it",
          "[connectors]")
{
    FhiWorld world;
    const auto connector =
        connector_for(world, deaths, "DAAR = [\"top(2)\"]\nKJONN = [\"Total\"]\n\"*\" = [\"Total\"]");
    const auto results = connector->check(fetch_all(
        Exchange([&](std::span<const Response> so_far) { return connector->next_check(so_far); }), world.fetcher));
    const auto wrong = std::find_if(results.begin(), results.end(),
                                    [](const auto& one) { return one.kind == CheckResult::Kind::wrong; });
    REQUIRE(wrong != results.end());
    CHECK(wrong->text.starts_with("MEASURE_TYPE ("));
    CHECK(wrong->text.ends_with(" has no code 'Total': name it"));
    CHECK(wrong->line == "MEASURE_TYPE = [\"*\"]");
    CHECK(wrong->fix == CheckResult::Fix::guess); // of one dimension: the others would be lost
}

TEST_CASE("a job for FHI that cannot run is not confirmed, right as its lines are", "[connectors]")
{
    FhiWorld world;
    const auto connector = connector_for(world, std::string(deaths) + "\nrows_max = 2", everything);
    const auto results = connector->check(fetch_all(
        Exchange([&](std::span<const Response> so_far) { return connector->next_check(so_far); }), world.fetcher));
    CHECK(results.back().kind == CheckResult::Kind::wrong);
    CHECK(results.back().text.starts_with("a run would end so: job.toml:"));
    CHECK(results.back().text.find("has more than 2 cells") != std::string::npos);
    CHECK(std::count_if(results.begin(), results.end(),
                        [](const auto& result) { return result.kind == CheckResult::Kind::wrong; }) == 1);
}

TEST_CASE("an ordinary day costs one request, and jobs of one source make the same", "[connectors]")
{
    FhiWorld world;
    const auto one = connector_for(world, deaths, totals, "one");
    const auto other = connector_for(world, deaths_by_title, everything, "other");
    const auto first = run(*one, {}, world.fetcher);
    const auto first_other = run(*other, {}, world.fetcher);
    pass_days(world, 1);
    world.fhi.clear_log();
    const auto second = run(*one, first.state, world.fetcher);
    const auto second_other = run(*other, first_other.state, world.fetcher);
    const auto request = std::get<Request>(one->next(second.state, {}));

    CHECK(second.unchanged == "table daar/325: not modified since 2026-05-04");
    CHECK(second_other.unchanged == second.unchanged);
    REQUIRE(world.fhi.log().size() == 2);
    CHECK(world.fhi.log()[0] == world.fhi.log()[1]);
    CHECK(world.fhi.log()[0] == "GET /api/open/v1/daar/Table?modifiedAfter=2026-05-03");
    CHECK(request.share == std::chrono::minutes(10));
    CHECK(request.url.ends_with("?modifiedAfter=2026-05-04"));
}

TEST_CASE("FHI's whole list is read once a week instead of the update list, and finds what that would find",
          "[connectors]")
{
    FhiWorld world;
    const auto connector = connector_for(world, deaths, totals);
    auto last = run(*connector, {}, world.fetcher);
    world.fhi.clear_log();
    for (int day = 1; day <= 14; ++day) {
        pass_days(world, 1);
        last = run(*connector, last.state, world.fetcher);
        CHECK_FALSE(last.unchanged.empty());
    }
    const auto log = world.fhi.log();
    pass_days(world, 3); // Thursday the 21st: weeks begin, as 1970 did, on Thursdays
    const auto swept = run(*connector, last.state, world.fetcher);
    pass_days(world, 1);
    world.fhi.publish("daar", "325", {{{"2023,Total,Total,Total,ANTALL", "391"}}, {}}, "2026-05-22T05:00:00Z");
    world.fhi.clear_log();
    const auto revised = run(*connector, swept.state, world.fetcher);

    CHECK(log.size() == 14);
    CHECK(std::count(log.begin(), log.end(), "GET /api/open/v1/daar/Table") == 2);
    CHECK(revised.decoded);
    REQUIRE_FALSE(world.fhi.log().empty());
    CHECK(world.fhi.log()[0] == "GET /api/open/v1/daar/Table");
}

TEST_CASE("a revision at FHI brings its cells, and the next day nothing", "[connectors]")
{
    FhiWorld world;
    const auto connector = connector_for(world, deaths, totals);
    const auto first = run(*connector, {}, world.fetcher);
    pass_days(world, 1);
    world.fhi.publish("daar", "325", {{{"2023,Total,Total,Total,ANTALL", "391"}}, {{"DAAR", {"2025"}}}},
                      "2026-05-05T05:00:00Z");
    const auto second = run(*connector, first.state, world.fetcher);
    const auto third = run(*connector, second.state, world.fetcher);

    REQUIRE(second.decoded);
    const auto& before = first.decoded->cubes.at(0);
    const auto& after = second.decoded->cubes.at(0);
    const auto table = test::fhi_table("daar-325").table;
    CHECK(before.cells.size() == 6UL * 3);
    CHECK(after.cells.size() == 7UL * 3);
    const auto has = [](const Cube& cube, const std::string& text) {
        for (std::size_t i = 0; i < cube.cells.size(); ++i)
            if (text_of(cube, i) == text)
                return true;
        return false;
    };
    CHECK(has(before, "363 "));
    CHECK_FALSE(has(after, "363 "));
    CHECK(has(after, "391 "));
    CHECK(second.decoded->claim.published_at == *parse_time("2026-05-05T05:00:00Z"));
    CHECK(third.unchanged == "table daar/325: not modified since 2026-05-05");
}

TEST_CASE("an audit finds what FHI changed without saying so, and what it did not change", "[connectors]")
{
    FhiWorld world;
    const auto connector = connector_for(world, deaths, totals);
    const auto first = run(*connector, {}, world.fetcher);
    pass_days(world, 35);
    const auto same = run(*connector, first.state, world.fetcher);
    const auto quiet = run(*connector, same.state, world.fetcher);
    world.fhi.edit(
        "daar", "325", [](auto& table) { table.table.cells["2021,Total,Total,Total,ANTALL"] = "242"; }, "");
    pass_days(world, 35);
    const auto found = run(*connector, same.state, world.fetcher);

    CHECK(same.unchanged == "table daar/325: fetched again, the same bytes");
    CHECK(quiet.unchanged == "table daar/325: not modified since 2026-06-08");
    CHECK(found.decoded);
}

TEST_CASE("a table of FHI that gets another number is named, and nothing is switched", "[connectors]")
{
    FhiWorld world;
    const auto connector = connector_for(world, deaths_by_title, totals);
    const auto first = run(*connector, {}, world.fetcher);
    world.fhi.edit(
        "daar", "325", [](auto& table) { table.table.id = "868"; }, "2026-05-20T05:00:00Z");
    pass_days(world, 14);
    const auto second = run(*connector, first.state, world.fetcher);
    const auto third = run(*connector, second.state, world.fetcher);
    const auto accepted = connector_for(world, "source = \"daar\"\ntable = 868", totals);
    const auto fourth = run(*accepted, third.state, world.fetcher);

    CHECK(second.failure.find("the same title has 868 'D7a_narkotika_antall'") != std::string::npos);
    REQUIRE(second.findings.size() == 1);
    CHECK(second.findings[0].kind == FlagKind::replaced);
    CHECK(second.findings[0].text_nb ==
          "FHIs tabell daar/325 kan være erstattet: samme tittel har 868 'D7a_narkotika_antall'.");
    CHECK(third.findings.size() == 1);
    REQUIRE(fourth.decoded);
    CHECK(fourth.decoded->dataset == "fhi/daar/868");
}

TEST_CASE("a table of FHI that is gone counts as gone on a later day", "[connectors]")
{
    FhiWorld world;
    const auto connector = connector_for(world, deaths, totals);
    const auto first = run(*connector, {}, world.fetcher);
    const auto gone = test::fhi_table("daar-325");
    world.fhi.remove("daar", "325");
    pass_days(world, 14);
    const auto missed = run(*connector, first.state, world.fetcher);
    const auto again = run(*connector, missed.state, world.fetcher);
    pass_days(world, 1);
    const auto believed = run(*connector, again.state, world.fetcher);
    world.fhi.add_table(gone);
    const auto back = run(*connector, believed.state, world.fetcher);

    CHECK_FALSE(missed.failure.empty());
    CHECK(missed.findings.empty());
    CHECK(again.findings.empty());
    REQUIRE(believed.findings.size() == 1);
    CHECK(believed.findings[0].kind == FlagKind::frozen);
    CHECK(back.unchanged == "table daar/325: not modified since 2026-05-04");
    CHECK(back.findings.empty());
}

TEST_CASE("the newest period is the newest, whatever the order FHI lists them in", "[connectors]")
{
    FhiWorld world;
    world.fhi.edit(
        "daar", "325",
        [](auto& table) {
            auto& years = table.table.dimensions[0].categories;
            std::reverse(years.begin(), years.end());
        },
        "");
    const auto connector = connector_for(world, deaths,
                                         "DAAR = [\"top(2)\"]\nKJONN = [\"Total\"]\nFYLKE = "
                                         "[\"Total\"]\nNARKOTIKA = [\"Total\"]\nMEASURE_TYPE = [\"*\"]");
    const auto got = run(*connector, {}, world.fetcher);

    REQUIRE(got.decoded);
    std::vector<std::string> years;
    for (const auto& category : got.decoded->cubes.at(0).find("DAAR")->categories)
        years.push_back(category.code);
    std::sort(years.begin(), years.end());
    CHECK(years == std::vector<std::string>{"2023", "2024"});
}

TEST_CASE("whatever is not known of FHI's API, the numbers come out the same", "[connectors]")
{
    const auto select =
        "GEO = [\"*\"]\nAAR = [\"*\"]\nKJONN = [\"*\"]\nALDER = [\"*\"]\nANTALL_GANGER = [\"*\"]\nSOES = "
        "[\"*\"]\nMEASURE_TYPE = [\"*\"]";
    std::vector<std::vector<std::string>> outcomes;
    for (const bool odd : {false, true}) {
        FhiWorld world;
        sim::FhiHabits habits;
        habits.bom = !odd;
        habits.null_children = odd;
        habits.flag_symbol_in_text = odd;
        habits.knows_bottom = !odd;
        world.fhi.habits(habits);
        const auto got = run(*connector_for(world, "source = \"nokkel\"\ntitle = \"^Alkohol_Ungdata\"", select), {},
                             world.fetcher);
        REQUIRE(got.decoded);
        auto& texts = outcomes.emplace_back();
        const auto& cube = got.decoded->cubes.at(0);
        for (std::size_t i = 0; i < cube.cells.size(); ++i)
            texts.push_back(text_of(cube, i));
        CHECK(!got.decoded->conventions.symbols.contains("k"));
    }
    CHECK(outcomes[0] == outcomes[1]);
    CHECK(std::count(outcomes[0].begin(), outcomes[0].end(), " k") == 1);
}

TEST_CASE("errors of FHI are told in its own words, in whatever form they come", "[connectors]")
{
    using Errors = sim::FhiHabits::Errors;
    for (const auto form : {Errors::problem_json, Errors::json_message, Errors::plain, Errors::empty}) {
        FhiWorld world;
        sim::FhiHabits habits;
        habits.errors = form;
        habits.rows_max = 10;
        world.fhi.habits(habits);
        const auto connector = connector_for(world, deaths, totals);
        std::string message;
        try {
            run(*connector, {}, world.fetcher);
        } catch (const Error& failure) {
            message = failure.what();
        }
        INFO(message);
        CHECK(message.starts_with("FHI answered 400 for the data of table 325: "));
        CHECK(message.find(form == Errors::empty ? "an empty body" : "row") != std::string::npos);
    }
}

TEST_CASE("a job is checked against FHI's own lists, with the lines to write instead", "[connectors]")
{
    FhiWorld world;
    const auto connector = connector_for(world, deaths_by_title,
                                         "DAAR = [\"top(1)\"]\nFYLKE = [\"Totalt\"]\nKJON = "
                                         "[\"Total\"]\nMEASURE_TYPE = [\"ANTALL\"]");
    const auto next = [&](const auto& so_far) { return connector->next_check(so_far); };
    const auto responses = fetch_all(Exchange(next), world.fetcher);
    std::vector<std::string> lines;
    for (const auto& remark : connector->check(responses))
        lines.push_back(fmt::format("{} {} {}", remark.where, static_cast<int>(remark.kind), remark.line));
    CHECK(responses.size() == 2);
    CHECK(lines == std::vector<std::string>{"job.toml:4 0 table = 325", "job.toml:6 0 ",
                                            "job.toml:7 1 FYLKE = [\"Total\"]", "job.toml:8 1 KJONN = [\"Total\"]",
                                            "job.toml:9 0 ", "job.toml:5 1 KJONN = [\"*\"]",
                                            "job.toml:5 1 NARKOTIKA = [\"*\"]"});
}

TEST_CASE("FHI can be browsed, and a table comes with a job for it", "[connectors]")
{
    FhiWorld world;
    const auto browser = browse_fhi({world.fhi.base_url() + "/", ""});
    const auto ask = [&](Exchange::Next next) { return fetch_all(Exchange(std::move(next)), world.fetcher); };
    const auto search = [&](const std::string& words) {
        std::vector<std::string> ids;
        const auto responses = ask([&](const auto& so_far) { return browser->next_search(words, so_far); });
        for (const auto& entry : browser->found(words, responses))
            ids.push_back(entry.id + " " + entry.title);
        return ids;
    };
    using Names = std::vector<std::string>;
    CHECK(search("") == Names{"daar/325 D7a_narkotika_antall", "nokkel/332 Alkohol_Ungdata_KH"});
    CHECK(search("daar NARKOTIKA") == Names{"daar/325 D7a_narkotika_antall"});
    CHECK(search("nokkel narkotika").empty());
    CHECK(search("ungdata") == Names{"nokkel/332 Alkohol_Ungdata_KH"});

    const auto about = ask([&](const auto& so_far) { return browser->next_description("daar/325", so_far); });
    const auto description = browser->described("daar/325", about);
    CHECK(description.dimensions.size() == 5);
    CHECK(description.dimensions[2].categories[1].label == "Oslo");
    auto job = Section::parse(description.job, "described.toml");
    auto source = job.require_table("source");
    source.get_string("base_url", "");
    JobSections sections{"described", source, std::nullopt, ""};
    const auto connector = create_fhi(sections);
    CHECK(std::holds_alternative<Request>(connector->next({}, {})));
    CHECK_THROWS_WITH(
        browser->next_description("325", {}),
        "'325' is not a table of FHI: give source and number, like daar/325 (`skurd discover fhi` lists "
        "them)");
}
