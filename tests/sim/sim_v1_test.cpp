#include "tests/sim/bare_client.hpp"
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

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
    request.url = world.ssb.v1_url() + path;
    request.method = post.empty() ? "GET" : "POST";
    request.body = post;
    const auto response = world.fetcher.fetch(request, {});
    return {response->status, response->body};
}

const std::string here = "/no/table/07459";

std::string query(const std::string& items)
{
    return R"({"query":[)" + items + R"(],"response":{"format":"json-stat2"}})";
}

std::string item(const std::string& code, const std::string& filter, const std::string& values)
{
    return R"({"code":")" + code + R"(","selection":{"filter":")" + filter + R"(","values":)" + values + "}}";
}

std::string variable_error(const std::string& variable)
{
    return R"({"error":"The request for variable ')" + variable + R"(' has an error. Please check your query."})";
}

} // namespace

TEST_CASE("v1's metadata leave out what is false", "[sim]")
{
    SimWorld world;
    const auto metadata = ask(world, here);
    CHECK(metadata.body.starts_with(
        R"({"title":"07459: Befolkning, etter region, kjønn, alder, statistikkvariabel og år","variables":[)"
        R"({"code":"Region","text":"region","values":["0","0301","1103","3101"],)"
        R"("valueTexts":["Hele landet","Oslo","Stavanger","Halden"],"elimination":true},)"));
    CHECK(metadata.body.ends_with(R"("valueTexts":["2021","2022","2023","2024","2025"],"time":true}]})"));
}

TEST_CASE("v1's metadata leave out values beyond the server's limit", "[sim]")
{
    SimWorld world;
    sim::SsbHabits habits;
    habits.values_max = 3;
    world.ssb.habits(habits);
    const auto json = Json::parse(ask(world, here).body);
    CHECK(json["variables"][0]["values"].is_null());
    CHECK(json["variables"][1]["values"].size() == 2);
}

TEST_CASE("v1 tells its limits, lists folders and searches", "[sim]")
{
    SimWorld world;
    sim::SsbHabits habits;
    const auto config = ask(world, "/no/table/?config");
    const auto root = ask(world, "/no/table/");
    const auto folder = ask(world, "/no/table/be/be05/folkemengde");
    const auto found = ask(world, "/no/table/?query=title:befolk*&filter=*");
    habits.searches_v1 = false;
    world.ssb.habits(habits);
    const auto off = ask(world, "/no/table/?query=befolkning");
    CHECK(config.body == R"({"maxValues":50000,"maxCells":800000,"maxCalls":300,"timeWindow":60,"CORS":true})");
    CHECK(root.body == R"([{"id":"be","type":"l","text":"be"}])");
    CHECK(folder.body == R"([{"id":"07459","type":"t",)"
                         R"("text":"07459: Befolkning, etter region, kjønn, alder, statistikkvariabel og år",)"
                         R"("updated":"2025-02-25T07:00:00"}])");
    CHECK(found.body.starts_with(R"([{"id":"07459","path":"/be/be05/folkemengde","title":"07459: )"));
    CHECK(off.status == 400);
    CHECK(off.body == R"({"error":"Search not activated"})");
}

TEST_CASE("v1 answers in its own order, without what was left out", "[sim]")
{
    SimWorld world;
    const auto answer =
        ask(world, here, query(item("Region", "all", R"(["03*","0"])") + "," + item("Tid", "top", R"(["2"])")));
    const auto json = Json::parse(answer.body);
    std::vector<std::string> members;
    for (const auto& [name, value] : json.items())
        members.push_back(name);
    CHECK(members == std::vector<std::string>{"class", "label", "source", "updated", "note", "id", "size",
                                              "dimension", "value", "role", "version", "extension"});
    CHECK(json["id"].dump() == R"(["Region","ContentsCode","Tid"])");
    CHECK(json["size"].dump() == "[2,1,2]");
    CHECK(json["dimension"]["Tid"]["category"]["index"].dump() == R"({"2024":0,"2025":1})");
    CHECK(json["label"] == "07459: Befolkning, etter region, kjønn, alder, statistikkvariabel og år");
}

TEST_CASE("v1 groups as v2's code lists do", "[sim]")
{
    SimWorld world;
    const auto rest = "," + item("Kjonn", "item", R"(["1"])") + "," + item("Alder", "item", R"(["000"])") + "," +
                      item("Tid", "item", R"(["2025"])");
    const auto values = [](const Answer& answer) { return Json::parse(answer.body)["value"]; };
    const auto one = ask(world, here, query(item("Region", "vs:Kommun", R"(["1103","3101"])") + rest));
    const auto grouped = ask(world, here, query(item("Region", "agg:KommFylker", R"(["F-99"])") + rest));
    world.ssb.edit("07459", [](sim::SimTable& found) { found.aggregation_allowed = false; });
    const auto refused = ask(world, here, query(item("Region", "agg:KommFylker", R"(["F-99"])") + rest));
    CHECK(values(one).size() == 2);
    CHECK(values(grouped)[0] == values(one)[0].get<int>() + values(one)[1].get<int>());
    CHECK(refused.body == variable_error("Region"));
}

TEST_CASE("v1 refuses as the documented one does", "[sim]")
{
    struct Row {
        std::string path;
        std::string post;
        int status;
        std::string body;
    };
    const std::string parameter_error = R"({"error":"Parameter error"})";
    const auto row = GENERATE_COPY(values<Row>({
        {"/no/table/99999", "", 404, ""},
        {"/sv/table/07459", "", 400, parameter_error},
        {here, "{", 400, parameter_error},
        {here, query(item("X", "item", R"(["1"])")), 400, parameter_error},
        {here, R"({"query":[],"response":{"format":"jsonstat2"}})", 400, parameter_error},
        {here, query(item("Tid", "item", R"(["1899"])")), 400, variable_error("Tid")},
        {here, query(item("Tid", "item", R"(["2021","2021"])")), 400, variable_error("Tid")},
        {here, query(item("Tid", "top", R"(["0"])")), 400, variable_error("Tid")},
        {here, query(item("Tid", "top", R"(["1","2"])")), 400, variable_error("Tid")},
        {here, query(item("Tid", "all", R"(["202?"])")), 400, variable_error("Tid")},
        {here, query(item("Tid", "from", R"(["2021"])")), 400, variable_error("Tid")},
        {here, query(item("Region", "agg:X", R"(["F-03"])")), 400, variable_error("Region")},
        {here, query(item("Region", "vs:Kommun", R"(["*"])")), 400, variable_error("Region")},
    }));
    SimWorld world;
    const auto answer = ask(world, row.path, row.post);
    CAPTURE(row.path, row.post);
    CHECK(answer.status == row.status);
    CHECK(answer.body == row.body);
}

TEST_CASE("v1 counts cells with 403, and an unknown table may be 400", "[sim]")
{
    SimWorld world;
    sim::SsbHabits habits;
    habits.cells_max = 4;
    habits.unknown_table_v1 = 400;
    world.ssb.habits(habits);
    const auto many = ask(world, here, query(""));
    const auto unknown = ask(world, "/no/table/99999");
    CHECK(many.status == 403);
    CHECK(many.body == R"({"error":"Too many values selected"})");
    CHECK(unknown.status == 400);
    CHECK(unknown.body == R"({"error":"Parameter error"})");
}

TEST_CASE("v1's limit counts the calls it refuses, v2's does not", "[sim]")
{
    SimWorld world;
    world.ssb.limit_v1(1, std::chrono::seconds(60));
    world.ssb.rate_limit(1, std::chrono::seconds(60));
    std::vector<std::string> v1;
    std::vector<std::string> v2;
    for (const int wait : {40, 20, 0}) {
        v1.push_back(test::get(world.ssb.host_url(), "/api/v0/no/table/07459"));
        v2.push_back(test::get(world.ssb.host_url(), "/api/pxwebapi/v2/tables"));
        world.clock.wait(std::chrono::seconds(wait), {});
    }
    CHECK(v1[0].starts_with("HTTP/1.1 200"));
    CHECK(v2[0].starts_with("HTTP/1.1 200"));
    CHECK(v2[0].find("x-ratelimit-policy: 1;w=60s\r\n") != std::string::npos);
    CHECK(v1[1].starts_with("HTTP/1.1 429"));
    CHECK(v1[1].find("Retry-After: 60\r\n") != std::string::npos);
    CHECK(v1[1].ends_with(R"({"error":"429 - Too many requests in too short timeframe. Please try again later."})"));
    CHECK(v2[1].starts_with("HTTP/1.1 429"));
    CHECK(v2[1].find("Retry-After: 20\r\n") != std::string::npos);
    CHECK(v2[1].ends_with("API calls quota exceeded! maximum admitted 1 per 60s."));
    CHECK(v1[2].starts_with("HTTP/1.1 429"));
    CHECK(v2[2].starts_with("HTTP/1.1 200"));
}
