#include "tests/sim/sim_ssb.hpp"

#include "base/text.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using test::SimWorld;

namespace {

struct Answer {
    int status;
    std::string body;
};

Answer ask(SimWorld& world, const std::string& path, const std::string& post = "")
{
    Request request;
    request.url = world.ssb.base_url() + path;
    request.method = post.empty() ? "GET" : "POST";
    request.body = post;
    request.content_type = post.empty() ? "" : "application/json";
    const auto response = world.fetcher.fetch(request, {});
    return {response->status, response->body};
}

std::string problem(const std::string& title, int status = 400)
{
    return fmt::format(R"({{"type":"Parameter error","title":"{}","status":{}}})", title, status);
}

struct Row {
    std::string query;
    int status;
    std::string body;
};

/// The part of a json-stat2 body between "value":[ and ].
std::string values_of(const std::string& body)
{
    const auto start = body.find("\"value\":[") + 9;
    return body.substr(start, body.find(']', start) - start);
}

} // namespace

TEST_CASE("the simulated statbank refuses as the documented one does", "[sim]")
{
    const auto row = GENERATE(values<Row>({
        {"/tables/1", 404, problem("Non-existent table", 404)},
        {"/tables/1/metadata", 404, problem("Non-existent table", 404)},
        {"/tables/1/data", 400, problem("Non-existent table", 404)},
        {"/tables?pageNumber=2", 404, problem("Non-existent page", 404)},
        {"/tables?lang=sv", 400, problem("Unsupported language")},
        {"/tables/07459/data?outputFormat=csv", 400, problem("Unsupported output format")},
        {"/tables/07459/data?outputFormatParams=UseCodes", 400, problem("Unsupported output format")},
        {"/tables/07459/data?valueCodes%5BX%5D=1", 400, problem("Non-existent variable")},
        {"/tables/07459/data?valueCodes%5BTid%5D=1899", 400, problem("Non-existent value")},
        {"/tables/07459/data?valueCodes%5BTid%5D=range(2021,2022)", 400, problem("Non-existent value")},
        {"/tables/07459/data?valueCodes%5BTid%5D=2*1", 400, problem("Illegal selection expression")},
        {"/tables/07459/data?valueCodes%5BTid%5D=top(x)", 400, problem("Illegal selection expression")},
        {"/tables/07459/data?valueCodes%5BTid%5D=2021", 400, problem("Missing selection for mandantory variable")},
        {"/tables/07459/data?valueCodes%5BTid%5D=9*", 400, problem("Illegal selection for mandantory variable")},
        {"/tables/07459/data?codelist%5BRegion%5D=agg_X&valueCodes%5BRegion%5D=*", 400,
         problem("Non-existent codelist")},
        {"/tables/07459/data?valueCodes%5BContentsCode%5D=*&valueCodes%5BTid%5D=2021&stub=X", 400,
         problem("Illegal placment")},
        {"/codelists/agg_X", 404, problem("Non-existent codelist", 404)},
        {"/tables/07459/data?valueCodes=2021", 400,
         R"({"title":"One or more validation errors occurred.","status":400,)"
         R"("errors":{"valueCodes":["The value '2021' is invalid."]},"traceId":"00-0-0-00"})"},
    }));
    SimWorld world;
    const auto answer = ask(world, row.query);
    CAPTURE(row.query);
    CHECK(answer.status == row.status);
    CHECK(answer.body == row.body);
}

TEST_CASE("the same code twice is an empty 500", "[sim]")
{
    auto settings = test::loopback_settings();
    settings.tries = 1;
    SimWorld world(settings);
    const auto answer = ask(world, "/tables/07459/data?valueCodes%5BContentsCode%5D=*&valueCodes%5BTid%5D=2021,2021");
    CHECK(answer.status == 500);
    CHECK(answer.body == "");
}

TEST_CASE("the limit of cells is the server's own", "[sim]")
{
    SimWorld world;
    world.ssb.limit_cells(4);
    const auto path = "/tables/07459/data?valueCodes%5BContentsCode%5D=*&valueCodes%5BTid%5D=";
    const auto over = ask(world, std::string(path) + "*");
    const auto under = ask(world, std::string(path) + "top(4)");
    CHECK(over.status == 400);
    CHECK(over.body == R"({"type":"Parameter error","title":"Too many cells selected","status":400,)"
                       R"("detail":"Too many cells selected"})");
    CHECK(under.status == 200);
}

TEST_CASE("what is left out stands at its elimination value, or is summed", "[sim]")
{
    SimWorld world;
    const std::string rest = "&valueCodes%5BContentsCode%5D=*&valueCodes%5BTid%5D=2025&valueCodes%5BAlder%5D=000";
    const auto country = ask(world, "/tables/07459/data?valueCodes%5BRegion%5D=0&valueCodes%5BKjonn%5D=1" + rest);
    const auto left_out = ask(world, "/tables/07459/data?valueCodes%5BKjonn%5D=1" + rest);
    const auto both = ask(world, "/tables/07459/data?valueCodes%5BRegion%5D=0&valueCodes%5BKjonn%5D=*" + rest);
    const auto sum = ask(world, "/tables/07459/data?valueCodes%5BRegion%5D=0" + rest);
    const auto two = values_of(both.body);
    const auto comma = two.find(',');
    CHECK(values_of(country.body) == "27104");
    CHECK(values_of(left_out.body) == "27104");
    CHECK(std::stol(values_of(sum.body)) == std::stol(two) + std::stol(two.substr(comma + 1)));
}

TEST_CASE("GET and POST give the same table, and time has an alias", "[sim]")
{
    SimWorld world;
    const auto got = ask(world, "/tables/07459/data?valueCodes%5Bcontentscode%5D=*&valueCodes%5Btime%5D="
                                "%5Brange(2024,2022)%5D,2021");
    const auto posted = ask(world, "/tables/07459/data",
                            R"~({"selection":[{"variableCode":"ContentsCode","valueCodes":["personer1"]},)~"
                            R"~({"variableCode":"Tid","valueCodes":["to(2024)"]}]})~");
    CHECK(got.status == 200);
    CHECK(got.body == posted.body);
}

TEST_CASE("nothing asked is a small answer, not the whole table", "[sim]")
{
    SimWorld world;
    CHECK(ask(world, "/tables/07459/data").body.find(R"("size":[1,1])") != std::string::npos);
}

TEST_CASE("tables are listed by what was published lately", "[sim]")
{
    SimWorld world;
    auto other = sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml"));
    other.id = "00001";
    other.updated = "2020-01-01T07:00:00Z";
    other.discontinued = true;
    world.ssb.add_table(other);
    const auto lately = ask(world, "/tables?pastDays=7").body;
    const auto listed = ask(world, "/tables").body;
    const auto all = ask(world, "/tables?includeDiscontinued=true&pageSize=1&pageNumber=2").body;
    CHECK(lately.find(R"("totalElements":1)") != std::string::npos);
    CHECK(listed.find(R"("id":"00001")") == std::string::npos);
    CHECK(all.find(R"("totalElements":2)") != std::string::npos);
    CHECK(all.find(R"("id":"07459")") != std::string::npos);
}

TEST_CASE("a release that does not fit the table is not published", "[sim]")
{
    SimWorld world;
    CHECK_THROWS_WITH(world.ssb.publish("07459", {{{"0,1,000,Personer1", "1"}}, {}}, "2026-01-01T07:00:00Z"),
                      "table 07459: there is no cell '0,1,000,Personer1' (codes in the order of the dimensions)");
    CHECK_THROWS_WITH(world.ssb.publish("07459", {{}, {{"X", {"1"}}}}, "2026-01-01T07:00:00Z"),
                      "table 07459 has no dimension 'X'");
    CHECK_THROWS(world.ssb.publish("1", {}, "2026-01-01T07:00:00Z"));
    CHECK(ask(world, "/tables/07459").body.find("2025-02-25T07:00:00Z") != std::string::npos);
}

TEST_CASE("commands over HTTP publish, fail and tell what was asked", "[sim]")
{
    SimWorld world;
    const auto command = [&](const std::string& path, const std::string& body) {
        Request request;
        request.url = world.ssb.host_url() + path;
        request.method = body.empty() ? "GET" : "POST";
        request.body = body;
        return world.fetcher.fetch(request, {})->body;
    };
    const auto published = command("/sim/publish", R"({"table":"07459","updated":"2026-02-25T07:00:00Z",
        "cells":{"0,1,000,Personer1,2025":"53001"},"codes":{"Tid":["2026"]}})");
    const auto armed = command("/sim/fail", R"({"status":403,"body":"no"})");
    const auto refused = ask(world, "/tables/07459");
    const auto description = ask(world, "/tables/07459");
    CHECK(published == "published\n");
    CHECK(armed == "armed\n");
    CHECK(refused.status == 403);
    CHECK(description.body.find("2021-2026\"") != std::string::npos);
    CHECK(description.body.find("2026-02-25T07:00:00Z") != std::string::npos);
    CHECK(command("/sim/log", "") == R"(["GET /api/pxwebapi/v2/tables/07459","GET /api/pxwebapi/v2/tables/07459"])");
}
