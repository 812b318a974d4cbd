#include "base/text.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using test::FhiWorld;
using test::SimWorld;

namespace {

struct Answer {
    int status;
    std::string body;
};

Answer ask(FhiWorld& world, const std::string& path, const std::string& post = "")
{
    Request request;
    request.url = world.fhi.base_url() + path;
    request.method = post.empty() ? "GET" : "POST";
    request.body = post;
    request.content_type = post.empty() ? "" : "application/json";
    const auto response = world.fetcher.fetch(request, {});
    return {response->status, response->body};
}

/// A query of daar/325 with these filters for DAAR; the other dimensions stand at one category.
std::string query(const std::string& daar, const std::string& response = R"("format":"json-stat2")")
{
    return R"({"dimensions":[{"code":"DAAR",)" + daar +
           R"(},{"code":"KJONN","filter":"item","values":["Total"]},)"
           R"({"code":"FYLKE","filter":"item","values":["Total"]},)"
           R"({"code":"NARKOTIKA","filter":"item","values":["Total"]},)"
           R"({"code":"MEASURE_TYPE","filter":"all","values":["*"]}],"response":{)" +
           response + "}}";
}

const std::string data = "/daar/Table/325/data";

Json parsed(const Answer& answer)
{
    return Json::parse(answer.body.substr(answer.body.starts_with("\xef\xbb\xbf") ? 3 : 0));
}

} // namespace

TEST_CASE("the simulated FHI lists sources and tables", "[sim]")
{
    FhiWorld world;
    world.fhi.add_source("abr", "Abortregisteret (ABR)");
    const auto sources = ask(world, "/Common/source");
    const auto tables = ask(world, "/daar/table");
    const auto one = ask(world, "/nokkel/Table/332");
    CHECK(parsed(sources).size() == 3);
    CHECK(parsed(sources)[0]["title"] == "Abortregisteret (ABR)");
    CHECK(tables.body == R"([{"tableId":325,"title":"D7a_narkotika_antall\t","publishedAt":"2025-06-12T05:00:00Z",)"
                         R"("modifiedAt":"2025-06-20T11:25:14.437201Z"}])");
    CHECK(one.body == R"({"tableId":332,"title":"Alkohol_Ungdata_KH","publishedAt":"2026-04-27T05:00:00Z",)"
                      R"("modifiedAt":null})");
}

TEST_CASE("modifiedAfter takes dates and .NET instants, and counts changed labels", "[sim]")
{
    FhiWorld world;
    const auto before = ask(world, "/daar/Table?modifiedAfter=2025-06-21");
    const auto earlier = ask(world, "/daar/Table?modifiedAfter=2025-06-20T11%3A25%3A13.0000000Z");
    const auto senseless = ask(world, "/daar/Table?modifiedAfter=yesterday");
    world.fhi.edit(
        "daar", "325", [](sim::SimFhiTable& table) { table.table.dimensions[0].label = "År"; },
        "2026-05-03T10:00:00Z");
    const auto after = ask(world, "/daar/Table?modifiedAfter=2025-06-21");
    CHECK(before.body == "[]");
    CHECK(parsed(earlier).size() == 1);
    CHECK(senseless.status == 400);
    CHECK(parsed(after)[0]["publishedAt"] == "2025-06-12T05:00:00Z");
}

TEST_CASE("FHI's data begin with a BOM, have an array index, flags among the values and no time role", "[sim]")
{
    FhiWorld world;
    const auto answer = ask(world, "/nokkel/Table/332/data",
                            R"({"dimensions":[{"code":"GEO","filter":"item","values":["4003","3450","0"]},)"
                            R"({"code":"AAR","filter":"item","values":["2022_2024"]},)"
                            R"({"code":"KJONN","filter":"item","values":["0","2"]},)"
                            R"({"code":"ALDER","filter":"all","values":["*"]},)"
                            R"({"code":"ANTALL_GANGER","filter":"all","values":["engang*"]},)"
                            R"({"code":"SOES","filter":"top","values":["1"]},)"
                            R"({"code":"MEASURE_TYPE","filter":"item","values":["MEIS"]}]})");
    const auto json = parsed(answer);
    CHECK(answer.body.starts_with("\xef\xbb\xbf{\"class\":\"dataset\",\"version\":\"2.0\",\"href\":null,"));
    CHECK(json["updated"] == "2026-04-27T05:00:00.7706326+00:00");
    CHECK(json["role"].dump() == R"({"time":null,"geo":["GEO"],"metric":["MEASURE_TYPE"]})");
    CHECK(json["size"].dump() == "[3,1,2,1,1,1,1]");
    CHECK(json["dimension"]["GEO"]["category"]["index"].dump() == R"(["0","3450","4003"])");
    CHECK(json["dimension"]["MEASURE_TYPE"]["category"]["unit"]["MEIS"].dump() ==
          R"({"decimals":null,"label":"prosent","symbol":null,"position":null})");
    CHECK(json["value"][0] == 13.4);
    CHECK(json["value"][2] == ":");
    CHECK(json["value"][5] == "k");
    CHECK(json["status"] == "");
    CHECK(json["extension"]["flags"]["label"][":"] == "Anonymisert eller skjult av andre årsaker");
    CHECK(json["extension"]["flags"]["label"].contains("k") == false);
}

TEST_CASE("top is the first and bottom the last at FHI, so top of years is the oldest", "[sim]")
{
    FhiWorld world;
    const auto index = [](const Answer& answer) {
        return parsed(answer)["dimension"]["DAAR"]["category"]["index"].dump();
    };
    const auto top = ask(world, data, query(R"("filter":"top","values":["2"])"));
    const auto bottom = ask(world, data, query(R"("filter":"bottom","values":["2"])"));
    sim::FhiHabits habits;
    habits.knows_bottom = false;
    habits.bom = false;
    world.fhi.habits(habits);
    const auto without = ask(world, data, query(R"("filter":"bottom","values":["2"])"));
    const auto bare = ask(world, data, query(R"("filter":"item","values":["2024"])"));
    CHECK(index(top) == R"(["2019","2020"])");
    CHECK(index(bottom) == R"(["2023","2024"])");
    CHECK(parsed(bottom)["value"].dump() == "[363,342]");
    CHECK(without.status == 400);
    CHECK(bare.body.front() == '{');
}

TEST_CASE("FHI refuses what is not whole", "[sim]")
{
    FhiWorld world;
    const std::string one = R"({"dimensions":[{"code":"DAAR","filter":"item","values":["2024"]}]})";
    auto twice = query(R"("filter":"item","values":["2024"]},{"code":"DAAR","filter":"item","values":["2023"])");
    const std::vector<std::pair<int, Answer>> answers = {
        {400, ask(world, data, one)},
        {400, ask(world, data, twice)},
        {400, ask(world, data, query(R"("filter":"item","values":["1999"])"))},
        {400, ask(world, data, query(R"("filter":"item","values":[])"))},
        {400, ask(world, data, query(R"("filter":"last","values":["2"])"))},
        {400, ask(world, data, query(R"("filter":"all","values":["*"])", R"("format":"csv")"))},
        {400, ask(world, data, query(R"("filter":"all","values":["*"])", R"("maxRowCount":5)"))},
        {400, ask(world, data, "{")},
        {200, ask(world, data, query(R"("filter":"all","values":["*"])", R"("maxRowCount":6)"))},
        {200, ask(world, data, query(R"("filter":"all","values":["*"])", R"("maxRowCount":0)"))},
        {405, ask(world, data)},
        {404, ask(world, "/daar/Table/1")},
        {404, ask(world, "/nowhere/Table")},
        {404, ask(world, "/datakilder/daar/indikatorer")},
    };
    for (const auto& [status, answer] : answers) {
        CAPTURE(answer.body);
        CHECK(answer.status == status);
    }
}

TEST_CASE("a body that is not said to be JSON is not read", "[sim]")
{
    FhiWorld world;
    SimWorld statbank;
    Request request;
    request.method = "POST";
    request.url = world.fhi.base_url() + data;
    request.body = query(R"("filter":"all","values":["*"])");
    request.content_type = "text/plain";
    const auto fhi = world.fetcher.fetch(request, {});
    request.url = statbank.ssb.base_url() + "/tables/07459/data";
    const auto ssb = world.fetcher.fetch(request, {});
    CHECK(fhi->status == 415);
    CHECK(ssb->status == 415);
}

TEST_CASE("commands over HTTP publish at FHI too", "[sim]")
{
    FhiWorld world;
    Request request;
    request.method = "POST";
    request.url = world.fhi.host_url() + "/sim/publish";
    request.body = R"({"source":"daar","table":"325","published":"2026-05-04T05:00:00Z",)"
                   R"("cells":{"2023,Total,Total,Total,ANTALL":"391"}})";
    const auto said = world.fetcher.fetch(request, {})->body;
    const auto table = parsed(ask(world, "/daar/Table/325"));
    const auto answer = parsed(ask(world, data, query(R"("filter":"item","values":["2023"])")));
    CHECK(said == "published\n");
    CHECK(table["publishedAt"] == "2026-05-04T05:00:00Z");
    CHECK(table["modifiedAt"] == "2026-05-04T05:00:00Z");
    CHECK(answer["value"].dump() == "[391]");
}

TEST_CASE("an error of FHI may have any body", "[sim]")
{
    using Errors = sim::FhiHabits::Errors;
    FhiWorld world;
    const auto body = [&](Errors errors) {
        sim::FhiHabits habits;
        habits.errors = errors;
        world.fhi.habits(habits);
        return ask(world, "/daar/Table/1").body;
    };
    CHECK(body(Errors::problem_json) == R"({"type":"https://tools.ietf.org/html/rfc9110","title":"Not Found",)"
                                        R"("status":404,"detail":"No such table","traceId":"00-0-0-00"})");
    CHECK(body(Errors::json_message) == R"({"message":"No such table"})");
    CHECK(body(Errors::plain) == "No such table");
    CHECK(body(Errors::empty) == "");
}

TEST_CASE("FHI's dimensions are trees, with members nobody has documented", "[sim]")
{
    FhiWorld world;
    const auto tree = ask(world, "/nokkel/Table/332/dimension");
    sim::FhiHabits habits;
    habits.null_children = true;
    world.fhi.habits(habits);
    const auto with_null = ask(world, "/nokkel/Table/332/dimension");
    const auto country = parsed(tree)["dimensions"][0]["categories"][0];
    CHECK(country["value"] == "0");
    CHECK(country["children"][1]["children"][0]["value"] == "3450");
    CHECK(country["children"][1]["children"][0]["children"].dump() == "[]");
    CHECK(country.contains("frequency"));
    CHECK(parsed(with_null)["dimensions"][1]["categories"][0]["children"].is_null());
}

TEST_CASE("what /query says is a query that /data answers", "[sim]")
{
    FhiWorld world;
    const auto all = ask(world, "/daar/Table/325/query");
    const auto answer = ask(world, data, all.body);
    CHECK(parsed(answer)["size"].dump() == "[6,3,5,3,1]");
    CHECK(parsed(answer)["value"].size() == 270);
}

TEST_CASE("FHI explains flags and tables", "[sim]")
{
    FhiWorld world;
    const auto flags = ask(world, "/daar/Table/325/flag");
    const auto about = ask(world, "/daar/Table/325/metadata");
    CHECK(parsed(flags)[0].dump() == R"({"title":".","text":"Lar seg ikke beregne"})");
    CHECK(parsed(about)["paragraphs"][0]["content"].get<std::string>().starts_with("<p>"));
}

TEST_CASE("an FHI table is published, gets a new number, and goes", "[sim]")
{
    FhiWorld world;
    world.fhi.publish("daar", "325", {{{"2023,Total,Total,Total,ANTALL", "391"}}, {{"DAAR", {"2025"}}}},
                      "2026-06-11T05:00:00Z");
    const auto revised = ask(world, data, query(R"("filter":"bottom","values":["3"])"));
    world.fhi.edit(
        "daar", "325", [](sim::SimFhiTable& table) { table.table.id = "868"; }, "");
    const auto old = ask(world, "/daar/Table/325");
    const auto renumbered = ask(world, "/daar/Table/868");
    world.fhi.remove("daar", "868");
    const auto gone = ask(world, "/daar/Table");
    CHECK(parsed(revised)["value"][0] == 391);
    CHECK(parsed(revised)["dimension"]["DAAR"]["category"]["index"].size() == 3);
    CHECK(old.status == 404);
    CHECK(parsed(renumbered)["title"] == "D7a_narkotika_antall\t");
    CHECK(gone.body == "[]");
    CHECK_THROWS_WITH(world.fhi.remove("daar", "868"), "the simulated FHI has no table daar/868");
}
