// When a table changed, told from servers whose parts do not agree on it.
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "connectors/pxweb/pxweb.hpp"
#include "connectors/pxweb/stamps.hpp"
#include "tests/connectors/pxweb_job.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/source_run.hpp"

using namespace skurd;
using test::EditingFetcher;
using test::pxweb_job;
using test::run;
using test::SimWorld;
using namespace std::chrono_literals;

namespace {

constexpr auto first_release = "2025-02-25T07:00:00Z";
constexpr auto second_release = "2025-03-03T07:00:00Z";

/// What a server's subsystems say of a release.
struct Said {
    std::string listed, metadata, data;
};

void publish(SimWorld& world, const Said& said, const std::string& number)
{
    world.ssb.publish("07459", {{{"0,1,000,Personer1,2025", number}}, {}}, said.listed);
    world.ssb.edit("07459", [&](sim::SimTable& table) {
        table.listed = said.listed;
        if (said.listed == "none")
            table.updated = said.metadata;
        table.stated = said.metadata;
        table.stated_by_data = said.data;
    });
}

std::unique_ptr<Connector> job_at(const SimWorld& world, const std::string& more = "")
{
    return pxweb_job("ssb", world.ssb.base_url(), more);
}

std::string number_of(const test::SourceRun& run)
{
    return run.decoded->cubes.front().cells.front().number()->text(); // 0, 1, 000, 2025
}

std::string claim_of(const test::SourceRun& run)
{
    return format_time(run.decoded->claim.published_at);
}

PxwebSettings in_oslo()
{
    return {};
}

} // namespace

TEST_CASE("a table whose list, metadata and data state different times is harvested, and its next release seen",
          "[connectors]")
{
    struct Row {
        const char* what;
        Said before, after;
        const char* claim; ///< of the first
    };
    const auto row = GENERATE(values<Row>({
        {"metadata and data state when the file was made",
         {first_release, "2014-08-26T08:00:00Z", "2014-08-26T08:00:00Z"},
         {second_release, "2014-08-26T08:00:00Z", "2014-08-26T08:00:00Z"},
         first_release},
        {"the list lags",
         {"2024-01-11T07:00:00Z", first_release, first_release},
         {"2024-01-11T07:00:00Z", second_release, second_release},
         first_release},
        {"the list has no seconds",
         {"2025-02-25T07:00:13Z", first_release, first_release},
         {"2025-03-03T07:00:13Z", second_release, second_release},
         first_release},
        {"the list states nothing",
         {"none", first_release, first_release},
         {"none", second_release, second_release},
         first_release},
        {"the list is by another clock",
         {"2025-02-25T08:00:00", first_release, first_release},
         {"2025-03-03T08:00:00", second_release, second_release},
         first_release},
        {"the data state nothing",
         {first_release, first_release, "unknown"},
         {second_release, second_release, "unknown"},
         nullptr},
    }));
    CAPTURE(row.what);
    SimWorld world;
    const auto job = job_at(world);
    publish(world, row.before, "1001");
    const auto first = run(*job, {}, world.fetcher);
    world.clock.wait(24h, {});
    auto quiet = run(*job, first.state, world.fetcher);
    if (quiet.decoded) // metadata and data disagree: once more
        quiet = run(*job, quiet.state, world.fetcher);
    world.clock.wait(24h, {});
    publish(world, row.after, "1002");
    const auto second = run(*job, quiet.state, world.fetcher);

    REQUIRE(first.decoded);
    CHECK(number_of(first) == "1001");
    if (row.claim) {
        CHECK(claim_of(first) == row.claim);
        CHECK_FALSE(quiet.decoded);
    }
    REQUIRE(second.decoded);
    CHECK(number_of(second) == "1002");
}

TEST_CASE("data that state the newest of the selected contents are fetched once more, and are believed then",
          "[connectors]")
{
    SimWorld world;
    world.ssb.edit("07459", [](sim::SimTable& table) {
        auto& contents = table.dimensions[3].categories;
        contents.push_back(contents.front());
        contents.back().code = "Personer2";
    });
    publish(world, {second_release, second_release, first_release}, "1001");
    const auto some = job_at(world);
    const auto first = run(*some, {}, world.fetcher);
    const auto again = run(*some, first.state, world.fetcher);
    const auto third = run(*some, again.state, world.fetcher);
    REQUIRE(first.decoded);
    CHECK(claim_of(first) == first_release);
    CHECK(again.decoded);
    CHECK(third.unchanged == "table 07459: updated is still " + std::string(first_release));

    // All contents were selected: the data are old, and are fetched until they are not.
    const auto all = pxweb_job("ssb", world.ssb.base_url(), "dataset = \"all\"", "ContentsCode = [\"*\"]");
    auto stale = run(*all, {}, world.fetcher);
    for (int i = 0; i < 3; ++i) {
        REQUIRE(stale.decoded);
        stale = run(*all, stale.state, world.fetcher);
    }
    publish(world, {second_release, second_release, second_release}, "1002");
    const auto fresh = run(*all, stale.state, world.fetcher);
    CHECK(number_of(fresh) == "1002");
    CHECK_FALSE(run(*all, fresh.state, world.fetcher).decoded);
}

TEST_CASE("a table that is published between metadata and data is not ingested", "[connectors]")
{
    SimWorld world;
    const auto job = job_at(world);
    EditingFetcher fetcher(world.fetcher, [&](const Request& request, Response&) {
        if (request.purpose == "metadata of table 07459")
            publish(world, {second_release, second_release, second_release}, "1002");
    });
    CHECK_THROWS_WITH(run(*job, {}, fetcher),
                      "table 07459 was updated between two requests (description: 2025-02-25T07:00:00Z, and "
                      "2025-03-03T07:00:00Z when it was asked once more); run the job again");
}

TEST_CASE("a server that refuses as too many cells what it gave a moment before is told of as that", "[connectors]")
{
    SimWorld world;
    const auto job = job_at(world);
    publish(world, {second_release, second_release, first_release}, "1001");
    int data = 0;
    EditingFetcher fetcher(world.fetcher, [&](const Request& request, Response& response) {
        if (request.purpose.starts_with("data") && ++data == 2) {
            response.status = 403;
            response.body = R"({"title": "Too many cells selected", "status": 403})";
        }
    });
    CHECK_THROWS_WITH(run(*job, {}, fetcher), Catch::Matchers::Contains("403"));
    CHECK(data == 2);
}

TEST_CASE("a list that does not mention a table says nothing where it could not mention it", "[connectors]")
{
    SimWorld world;
    const auto job = job_at(world);
    const auto first = run(*job, {}, world.fetcher);
    world.clock.wait(24h, {});
    publish(world, {second_release, second_release, second_release}, "1002");
    const auto listed_as = [&](const std::string& from, const std::string& to) {
        EditingFetcher fetcher(world.fetcher, [&](const Request& request, Response& response) {
            if (request.purpose == "tables changed lately")
                response.body = replace_all(response.body, from, to);
        });
        return run(*job, first.state, fetcher).decoded.has_value();
    };
    CHECK(listed_as(R"("id":"07459")", R"("id":"07458")") == false); // another table changed, and this did not
    CHECK(listed_as(R"("id":"07459")", R"("id":7459)"));
    CHECK(listed_as(R"("id":"07459",)", ""));
    CHECK(listed_as(R"("tables":[)", R"("tables":["x",)"));
    CHECK(listed_as(R"("totalElements":1)", R"("totalElements":2)")); // one is missing, as the list itself says
    CHECK(listed_as(R"("updated":"2025-03-03T07:00:00Z")", R"("updated":null)"));
    CHECK(listed_as(R"("updated":"2025-03-03T07:00:00Z")", R"("updated":20250303)"));
}

TEST_CASE("a list of changes that is empty, or lacks a table it should have, is not relied on", "[connectors]")
{
    SimWorld world;
    world.ssb.add_many(1, "2025-03-03T07:00:00Z");
    const auto job = job_at(world);
    const auto first = run(*job, {}, world.fetcher);
    const auto without = [&](const std::string& from, const std::string& to) {
        return EditingFetcher(world.fetcher, [=](const Request& request, Response& response) {
            if (request.purpose == "tables changed lately")
                response.body = replace_all(response.body, from, to);
        });
    };
    auto other = without(R"("id":"07459")", R"("id":"07458")");
    publish(world, {second_release, second_release, second_release}, "1002");
    const auto second = run(*job, first.state, world.fetcher); // the list has it
    world.clock.wait(24h, {});
    world.ssb.clear_log();
    const auto missed = run(*job, second.state, other);
    CHECK_FALSE(missed.decoded);
    CHECK(world.ssb.log().size() == 2); // the list and the table
    CHECK(missed.state.at("unlisted") == "yes");
    world.clock.wait(24h * 10, {});
    const auto later = format_time(world.clock.now());
    publish(world, {later, later, later}, "1003");
    world.ssb.clear_log();
    const auto third = run(*job, missed.state, other);
    REQUIRE(third.decoded);
    CHECK(number_of(third) == "1003");
    CHECK(world.ssb.log().size() == 3); // without the list

    world.clock.wait(24h * 10, {});
    world.ssb.add_many(1, format_time(world.clock.now()));
    auto state = third.state;
    state.erase("unlisted");
    state["checked"] = format_time(world.clock.now());
    auto empty = without("\"tables\":[{", R"("tables":[],"x":[{)");
    world.ssb.clear_log();
    CHECK_FALSE(run(*job, state, empty).decoded);
    CHECK(world.ssb.log().size() == 3); // the list, the same over years, and the table
    world.ssb.clear_log();
    CHECK_FALSE(run(*job, state, world.fetcher).decoded);
    CHECK(world.ssb.log().size() == 1);
    world.clock.wait(24h * 5, {}); // nothing changed for more than seven days, but for years it did
    world.clock.wait(24h * 5, {});
    state["checked"] = format_time(world.clock.now());
    world.ssb.clear_log();
    CHECK_FALSE(run(*job, state, world.fetcher).decoded);
    CHECK(world.ssb.log().size() == 2);
}

TEST_CASE("a table whose id a server writes in other case is the same table", "[connectors]")
{
    SimWorld world;
    const auto job = pxweb_job("pxweb", world.ssb.base_url(), "name = \"x\"", "ContentsCode = [\"*\"]", "tab1");
    auto table = sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml"));
    table.id = "tab1";
    world.ssb.add_table(table);
    EditingFetcher fetcher(world.fetcher, [&](const Request&, Response& response) {
        response.body = replace_all(replace_all(response.body, R"("id":"tab1")", R"("id":"TAB1")"),
                                    R"("tableid":"tab1")", R"("tableid":"TAB1")");
    });
    const auto first = run(*job, {}, fetcher);
    world.clock.wait(24h, {});
    const auto quiet = run(*job, first.state, fetcher);
    world.ssb.publish("tab1", {{{"0,1,000,Personer1,2025", "1002"}}, {}}, second_release);
    const auto second = run(*job, quiet.state, fetcher);
    REQUIRE(first.decoded);
    CHECK_FALSE(quiet.decoded);
    CHECK(second.decoded);
}

TEST_CASE("a time without an offset is by the source's clock", "[connectors]")
{
    const auto read = [](const PxwebSettings& settings, const char* text) {
        const auto time = read_stamp(settings, text);
        return time ? format_time(*time) : "";
    };
    auto helsinki = in_oslo();
    helsinki.zone = TimeZone::find("Europe/Helsinki");
    CHECK(read(in_oslo(), "2024-07-11T08:00:00") == "2024-07-11T06:00:00Z");
    CHECK(read(in_oslo(), "2024-01-11T08:00") == "2024-01-11T07:00:00Z");
    CHECK(read(helsinki, "2024-07-11T08:00:00") == "2024-07-11T05:00:00Z");
    CHECK(read(helsinki, "2024-07-11T08:00:00Z") == "2024-07-11T08:00:00Z");
    CHECK(read(helsinki, "2024-07-11T08:00:00+01:00") == "2024-07-11T07:00:00Z");
    CHECK(read(in_oslo(), "20240711 08:00") == "2024-07-11T06:00:00Z");
    CHECK(read(in_oslo(), "spring").empty());

    SimWorld world;
    publish(world, {"2025-02-25T08:00:00", "2025-02-25T08:00:00", "2025-02-25T08:00:00"}, "1001");
    CHECK(claim_of(run(*job_at(world), {}, world.fetcher)) == "2025-02-25T07:00:00Z");
    CHECK(claim_of(run(*job_at(world, "timezone = \"Europe/Helsinki\""), {}, world.fetcher)) ==
          "2025-02-25T06:00:00Z");
    CHECK_THROWS_WITH(job_at(world, "timezone = \"Helsinki\""), Catch::Contains("Helsinki"));
    publish(world, {"2025-02-25", "2025-02-25", "2025-02-25"}, "1001");
    CHECK(run(*job_at(world), {}, world.fetcher).decoded->claim.confidence == Confidence::day);
}

TEST_CASE("stamps say the same where they differ in seconds that one of them leaves out", "[connectors]")
{
    const auto oslo = in_oslo();
    CHECK(same_instant(oslo, "2024-01-11T07:00:13Z", "2024-01-11T07:00:00Z"));
    CHECK(same_instant(oslo, "2024-01-11T07:00:13Z", "20240111 08:00"));
    CHECK_FALSE(same_instant(oslo, "2024-01-11T07:00:13Z", "2024-01-11T07:00:14Z"));
    CHECK_FALSE(same_instant(oslo, "2024-01-11T07:00:00Z", "2024-01-11T07:01:00Z"));
    CHECK_FALSE(same_instant(oslo, "", "2024-01-11T07:00:00Z"));
    CHECK(same_instant(oslo, "", ""));
    CHECK_FALSE(is_later(oslo, "2024-01-11T07:00:13Z", "2024-01-11T07:00:00Z"));
    CHECK(newest(oslo, {"2024-01-11T07:00:00Z", "x", "2024-01-11T09:00:00"}) == "2024-01-11T09:00:00");
    CHECK(newest(oslo, {}).empty());
}

TEST_CASE("v1's question for news is about all contents, and is held against itself", "[connectors]")
{
    SimWorld world;
    world.ssb.edit("07459", [](sim::SimTable& table) {
        auto& contents = table.dimensions[3].categories;
        contents.push_back(contents.front());
        contents.back().code = "Personer2";
    });
    const auto job =
        pxweb_job("pxweb", world.ssb.v1_url() + "/no/table", "version = \"v1\"", "ContentsCode = [\"*\"]");
    const auto first = run(*job, {}, world.fetcher);
    CHECK(first.state.at("probe").find(R"("values":["Personer1","Personer2"])") != std::string::npos);

    EditingFetcher other(world.fetcher, [&](const Request& request, Response& response) {
        if (request.purpose == "time of update of table 07459")
            response.body = replace_all(response.body, first_release, "2025-02-20T07:00:00Z");
    });
    const auto second = run(*job, first.state, other);
    const auto third = run(*job, second.state, other);
    CHECK(second.decoded);
    CHECK(third.unchanged == "table 07459: updated is still " + std::string(first_release));
}
