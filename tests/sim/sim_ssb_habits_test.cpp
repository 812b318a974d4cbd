// What statbanks do beyond answering: code lists, lists and searches, and the ways a table changes or goes.
#include "tests/sim/sim_world.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using test::SimWorld;

namespace {

struct Answer {
    int status;
    std::string body;
    Json json;
};

Answer ask(SimWorld& world, const std::string& path, const std::string& post = "")
{
    Request request;
    request.url = world.ssb.base_url() + path;
    request.method = post.empty() ? "GET" : "POST";
    request.body = post;
    request.content_type = post.empty() ? "" : "application/json";
    const auto response = world.fetcher.fetch(request, {});
    return {response->status, response->body, Json::parse(response->body, nullptr, false)};
}

std::vector<std::string> ids(const Answer& answer)
{
    std::vector<std::string> found;
    for (const auto& table : answer.json["tables"])
        found.push_back(table["id"]);
    return found;
}

const std::string one_cell = "/tables/07459/data?valueCodes%5BRegion%5D=0301&valueCodes%5BKjonn%5D=1&"
                             "valueCodes%5BAlder%5D=000&valueCodes%5BContentsCode%5D=*&valueCodes%5BTid%5D=2025";

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("a code list sums or chooses, and alone does nothing", "[sim]")
{
    SimWorld world;
    const std::string rest = "&valueCodes%5BKjonn%5D=1&valueCodes%5BAlder%5D=000&valueCodes%5BContentsCode%5D=*&"
                             "valueCodes%5BTid%5D=2025";
    const std::string data = "/tables/07459/data?";
    const auto chosen = ask(world, data + "codelist%5BRegion%5D=vs_Kommun&valueCodes%5BRegion%5D=1103,3101" + rest);
    const auto summed = ask(world, data + "codelist%5Bregion%5D=agg_KommFylker&valueCodes%5BRegion%5D=F*" + rest);
    const auto alone = ask(world, data + "codelist%5BRegion%5D=agg_KommFylker" + rest);
    const auto without = ask(world, data + rest.substr(1));
    const auto other_case =
        ask(world, data + "codelist%5BRegion%5D=AGG_KommFylker&valueCodes%5BRegion%5D=F-03" + rest);
    const auto posted = ask(world, "/tables/07459/data",
                            R"({"selection":[{"variableCode":"Region","codelist":"agg_KommFylker",)"
                            R"("valueCodes":["F-99"]},{"variableCode":"Kjonn","codelist":null,"valueCodes":["1"]},)"
                            R"({"variableCode":"Alder","valueCodes":["000"]},)"
                            R"({"variableCode":"ContentsCode","valueCodes":["*"]},)"
                            R"({"variableCode":"TIME","valueCodes":["2025"]}],)"
                            R"("placement":{"heading":["Region"],"stub":["Tid"]}})");
    const auto& region = summed.json["dimension"]["Region"]["category"];
    CHECK(region["index"].dump() == R"({"F-03":0,"F-99":1})");
    CHECK(region["label"]["F-99"] == "Resten");
    CHECK(summed.json["value"][1] == chosen.json["value"][0].get<int>() + chosen.json["value"][1].get<int>());
    CHECK(alone.body == without.body);
    CHECK(other_case.json["title"] == "Non-existent codelist");
    CHECK(posted.json["id"].dump() == R"(["Tid","Kjonn","Alder","ContentsCode","Region"])");
    CHECK(posted.json["value"][0] == summed.json["value"][1]);
}

TEST_CASE("code lists are described, and change the metadata", "[sim]")
{
    SimWorld world;
    const auto list = ask(world, "/codelists/agg_KommFylker");
    const auto other_spelling = ask(world, "/codeLists/agg_KommFylker");
    const auto metadata = ask(world, "/tables/07459/metadata?codelist%5BRegion%5D=vs_Kommun");
    const auto plain = ask(world, "/tables/07459/metadata");
    CHECK(list.json["type"] == "Aggregation");
    CHECK(list.json["values"][1].dump() == R"({"code":"F-99","label":"Resten","valueMap":["1103","3101"]})");
    CHECK(other_spelling.body == list.body);
    CHECK(metadata.json["size"][0] == 3);
    CHECK(plain.json["size"][0] == 4);
    CHECK(plain.json["value"].dump() == "[]");
    CHECK(plain.json["dimension"]["Region"]["extension"]["codelists"][1]["id"] == "vs_Kommun");
}

TEST_CASE("a search joins words by AND, and knows a star at the end and title:", "[sim]")
{
    SimWorld world;
    world.ssb.add_many(3, "2025-03-03T07:00:00Z");
    CHECK(ids(ask(world, "/tables?query=befolk*+kj%C3%B8nn")) == Ids{"07459"});
    CHECK(ids(ask(world, "/tables?query=OPPDIKTET+AND+20002")) == Ids{"20002"});
    CHECK(ids(ask(world, "/tables?query=befolk")) == Ids{});
    CHECK(ids(ask(world, "/tables?query=stavanger")) == Ids{"07459"});
    CHECK(ids(ask(world, "/tables?query=title:stavanger")) == Ids{});
    CHECK(ids(ask(world, "/tables?query=title:(befolkning)")) == Ids{"07459"});
    CHECK(ids(ask(world, "/tables?pastDays=1")) == Ids{"20001", "20002", "20003"});
}

TEST_CASE("lists come in pages, no larger than the server wants", "[sim]")
{
    SimWorld world;
    world.ssb.add_many(60, "2025-03-03T07:00:00Z");
    sim::SsbHabits habits;
    habits.page_size_max = 25;
    world.ssb.habits(habits);
    const auto first = ask(world, "/tables");
    const auto last = ask(world, "/tables?pageSize=1000&pageNumber=3");
    const auto beyond = ask(world, "/tables?pageSize=1000&pageNumber=4");
    const auto none = ask(world, "/tables?query=nowhere");
    CHECK(first.json["tables"].size() == 20);
    CHECK(first.json["page"]["totalElements"] == 61);
    CHECK(first.json["page"]["totalPages"] == 4);
    CHECK(first.json["page"]["links"][0]["rel"] == "next");
    CHECK(last.json["page"]["pageSize"] == 25);
    CHECK(last.json["tables"].size() == 11);
    CHECK(beyond.status == 404);
    CHECK(none.status == 200);
    CHECK(none.json["tables"].dump() == "[]");
}

TEST_CASE("an item of a list has the documented members", "[sim]")
{
    SimWorld world;
    const auto item = ask(world, "/tables").json["tables"][0];
    std::vector<std::string> members;
    for (const auto& [name, value] : item.items())
        members.push_back(name);
    CHECK(members == std::vector<std::string>{"id", "label", "description", "updated", "firstPeriod", "lastPeriod",
                                              "category", "variableNames", "source", "subjectCode", "timeUnit",
                                              "paths", "links"});
    CHECK(item["label"].get<std::string>().ends_with(" og år 2021-2025"));
    CHECK(item["links"][2]["href"] == world.ssb.base_url() + "/tables/07459/metadata?lang=no");
}

TEST_CASE("a table is renamed, discontinued, lags in lists, and goes", "[sim]")
{
    SimWorld world;
    world.ssb.edit("07459", [](sim::SimTable& table) {
        table.title = "Noe annet";
        table.discontinued = true;
        table.listed = "2024-02-25T07:00:00Z";
    });
    const auto listed = ask(world, "/tables?includeDiscontinued=true");
    const auto metadata = ask(world, "/tables/07459/metadata");
    const auto hidden = ask(world, "/tables");
    world.ssb.remove_table("07459");
    const auto gone = ask(world, one_cell);
    CHECK(listed.json["tables"][0]["discontinued"] == true);
    CHECK(listed.json["tables"][0]["updated"] == "2024-02-25T07:00:00Z");
    CHECK(metadata.json["updated"] == "2025-02-25T07:00:00Z");
    CHECK(metadata.json["label"] == "07459: Noe annet 2021-2025");
    CHECK(ids(hidden) == Ids{});
    CHECK(gone.status == 400);
    CHECK(gone.json["status"] == 404);
}

TEST_CASE("one 404 of metadata does not mean that a table is gone", "[sim]")
{
    SimWorld world;
    world.ssb.metadata_flukes(1);
    const auto first = ask(world, "/tables/07459/metadata");
    const auto table = ask(world, "/tables/07459");
    const auto second = ask(world, "/tables/07459/metadata");
    CHECK(first.status == 404);
    CHECK(first.json["title"] == "Non-existent table");
    CHECK(table.status == 200);
    CHECK(second.status == 200);
}

TEST_CASE("before eight in Oslo figures may be nought or a point", "[sim]")
{
    struct Row {
        std::string now;
        std::string night;
        std::string value;
        std::string status;
    };
    const auto row = GENERATE(values<Row>({
        {"2025-03-03T03:59:59Z", "0", "[27104]", "null"},
        {"2025-03-03T04:00:00Z", "0", "[0]", "null"},
        {"2025-03-03T06:59:59Z", ".", "[null]", R"({"0":"."})"},
        {"2025-03-03T07:00:00Z", ".", "[27104]", "null"},
        {"2025-07-01T05:59:59Z", "0", "[0]", "null"}, // summer time
        {"2025-07-01T06:00:00Z", "0", "[27104]", "null"},
    }));
    SimWorld world;
    sim::SsbHabits habits;
    habits.night = row.night;
    world.ssb.habits(habits);
    world.ssb.edit("07459", [](sim::SimTable& table) { table.cells["0301,1,000,Personer1,2025"] = "27104"; });
    world.clock.wait(*parse_time(row.now) - world.clock.now(), {});
    auto answer = ask(world, one_cell);
    CAPTURE(row.now);
    CHECK(answer.json["value"].dump() == row.value);
    CHECK(answer.json["status"].dump() == row.status);
}

TEST_CASE("the server's limits: what it tells, what it means, and long addresses", "[sim]")
{
    SimWorld world;
    const auto silent = ask(world, "/config");
    sim::SsbHabits habits;
    habits.tells_limits = true;
    habits.too_many_cells = 403;
    habits.cells_max = 4;
    world.ssb.habits(habits);
    const auto told = ask(world, "/config");
    const auto many = ask(world, "/tables/07459/data?valueCodes%5BContentsCode%5D=*&valueCodes%5BTid%5D=*");
    const auto length = std::string("/api/pxwebapi/v2/tables?query=").size();
    const auto longest = ask(world, "/tables?query=" + std::string(2100 - length, 'x'));
    const auto too_long = ask(world, "/tables?query=" + std::string(2101 - length, 'x'));
    CHECK(silent.json["maxDataCells"] == 800'000);
    CHECK(silent.json["maxCallsPerTimeWindow"] == 0);
    CHECK(silent.json["timeWindow"] == 0);
    CHECK(told.json["maxDataCells"] == 4);
    CHECK(told.json["maxCallsPerTimeWindow"] == 30);
    CHECK(told.json["timeWindow"] == 60);
    CHECK(many.status == 403);
    CHECK(many.json["title"] == "Too many cells selected");
    CHECK(longest.status == 200);
    CHECK(too_long.status == 404);
    CHECK(too_long.body.starts_with("<html>"));
}

TEST_CASE("a failure can be armed for a later request", "[sim]")
{
    SimWorld world;
    world.ssb.fail_next(1, sim::status_reply(403, "no"), 1);
    const auto first = ask(world, "/tables/07459");
    const auto second = ask(world, "/tables/07459");
    const auto third = ask(world, "/tables/07459");
    CHECK(first.status == 200);
    CHECK(second.status == 403);
    CHECK(third.status == 200);
    CHECK(world.ssb.log().size() == 3);
}
