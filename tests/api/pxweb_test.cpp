// The dialect of PxWebApi v2: selections, metadata, numbers and what is wrong, as its clients expect them.
#include "api/pxweb_selection.hpp"
#include "base/text.hpp"
#include "connectors/pxweb/decode.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/store/store_fixture.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

const std::string px_table = "/pxweb/v2/tables/drop.table";

std::string selected(CodeOrder order, const std::string& expressions)
{
    const std::vector<std::string> codes = {"0", "03", "0301", "1103", "a,b", "Top(2)"};
    std::string found;
    try {
        for (const auto place : select_codes(codes, order, split_expressions(expressions)))
            found += (found.empty() ? "" : " ") + codes[place];
    } catch (const Error& failure) {
        return failure.what();
    }
    return found;
}

void fill(StoreFixture& store)
{
    store.accept(release_of({"2016", "2017"}, {{"1", {"10", "11.50"}}, {"2", {":", ""}}}), "2019-01-01T07:00:00Z");
    store.accept(release_of({"2017"}, {{"1", {"12*"}}}), "2019-02-01T07:00:00Z");
}

HttpResponse post_json(const ServedPages& here, const std::string& path, const std::string& body)
{
    HttpRequest request;
    request.method = "POST";
    request.path = path;
    request.content_type = "application/json";
    request.content_length = body.size();
    request.body = body;
    return here.ask(request);
}

} // namespace

TEST_CASE("selection expressions mean what PxWebApi says they mean", "[api]")
{
    const auto table = CodeOrder::table;
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"0301", "0301"},
        {"0301,0,0301", "0 0301"},
        {"*", "0 03 0301 1103 a,b Top(2)"},
        {"03*", "03 0301"},
        {"*03", "03 1103"},
        {"?", "0"},
        {"[a,b]", "a,b"},
        {"A?B", "a,b"},
        {"top(2)", "Top(2)"}, // a code wins over an expression
        {"top(3)", "0 03 0301"},
        {"[top(2,1)]", "03 0301"},
        {"bottom(1)", "Top(2)"},
        {"[bottom(2,2)]", "0301 1103"},
        {"from(1103)", "1103 a,b Top(2)"},
        {"to(03)", "0 03"},
        {"[range(0301,03)]", "03 0301"},
        {"[RANGE(03,0301)]", "03 0301"},
        {"9", "Non-existent value: '9'"},
        {"from(9)", "Non-existent value: '9'"},
        {"top(0)", "Illegal selection expression: 'top(0)'"},
        {"top(x)", "Illegal selection expression: 'top(x)'"},
        {"[range(03)]", "Illegal selection expression: 'range(03)'"},
        {"median(3)", "Illegal selection expression: 'median(3)'"},
        {"top(99999999999999999999)", "Illegal selection expression: 'top(99999999999999999999)'"},
    };
    for (const auto& [text, wanted] : cases) {
        INFO(text);
        CHECK(selected(table, text) == wanted);
    }
    CHECK(selected(CodeOrder::time, "[top(2,1)]") == "1103 a,b");
    CHECK(selected(CodeOrder::time, "bottom(1)") == "0");
}

TEST_CASE("tables are listed, searched for and described", "[api]")
{
    StoreFixture store;
    fill(store);
    const ServedPages here(store.folder.path());
    const auto list = here.json("/pxweb/v2/tables", {{"lang", "no"}, {"pageSize", "1000"}});
    REQUIRE(list["tables"].size() == 1);
    CHECK(list["page"]["totalElements"] == 1);
    const auto& entry = list["tables"][0];
    CHECK(entry["id"] == "drop.table");
    CHECK(entry["updated"] == "2019-02-01T07:00:00Z");
    CHECK(entry["firstPeriod"] == "2016");
    CHECK(entry["timeUnit"] == "Annual");
    CHECK(entry["variableNames"] == Json({"Number", "year"}));
    CHECK(here.json("/pxweb/v2/tables", {{"query", "nothing"}})["tables"].empty());
    CHECK(here.json("/pxweb/v2/tables", {{"pastDays", "7"}})["tables"].empty());
    CHECK(here.json("/pxweb/v2/tables", {{"pastDays", "3650"}})["tables"].size() == 1);
    CHECK(here.json(px_table, {{"asOf", "2019-01-15"}})["updated"] == "2019-01-01T07:00:00Z");
    CHECK(here.json("/pxweb/v2/config")["maxDataCells"] == 800000);
    const auto cube = decode_jsonstat(here.body(px_table + "/metadata")).front();
    REQUIRE(cube.dimensions.size() == 2);
    CHECK(cube.table_id == "drop.table");
    CHECK(cube.dimensions[0].categories[1].label == "Row 2");
    CHECK(cube.dimensions[0].categories[1].unit == "kroner");
    CHECK(cube.dimensions[1].role == Role::time);
    CHECK(cube.cells.empty());
}

TEST_CASE("numbers keep their digits, symbols and holes, and are as of a day", "[api]")
{
    StoreFixture store;
    fill(store);
    const ServedPages here(store.folder.path());
    const ServedPages::Values all = {{"valueCodes[NR]", "*"}, {"valuecodes[time]", "*"}};
    const auto now = here.json(px_table + "/data", all);
    CHECK(now["size"] == Json({2, 2}));
    CHECK(now["value"].dump() == R"({"0":10,"1":12,"2":null})");
    CHECK(now["status"] == Json({{"1", "*"}, {"2", ":"}}));
    auto then = all;
    then["asOf"] = "2019-01-15";
    CHECK_THAT(here.body(px_table + "/data", then), Contains("\"0\":10,\"1\":11.50,\"2\":null"));
    const auto few = here.json(px_table + "/data", {{"valueCodes[nr]", "1"}, {"valueCodes[year]", "top(1)"}});
    CHECK(few["value"] == Json({12}));
    CHECK(here.json(px_table + "/data")["value"] == Json({12})); // the newest period of the first code
    const auto posted = post_json(here, px_table + "/data",
                                  R"x({"selection":[{"variableCode":"nr","valueCodes":["1"]},)x"
                                  R"x({"variableCode":"Year","codelist":null,"valueCodes":["range(2016,2017)"]}]})x");
    CHECK(posted.status == 200);
    CHECK(Json::parse(posted.body)["value"] == Json({10, 12}));
}

TEST_CASE("a dimension has the list of its codes, of any day", "[api]")
{
    StoreFixture store;
    fill(store);
    const ServedPages here(store.folder.path());
    const auto metadata = here.json(px_table + "/metadata");
    const auto& told = metadata["dimension"]["nr"]["extension"]["codelists"];
    REQUIRE(told.size() == 1);
    CHECK(told[0]["id"] == "drop.table.nr");
    CHECK(metadata["dimension"]["year"]["extension"]["codelists"].empty());
    const auto list = here.json(told[0]["links"][0]["href"].get<std::string>());
    CHECK(list["id"] == "drop.table.nr");
    CHECK(list["type"] == "Valueset");
    const auto body = here.body("/pxweb/v2/codelists/drop.table.nr");
    const auto values = decode_pxweb_codelist(body);
    const auto& index = metadata["dimension"]["nr"]["category"]["index"];
    REQUIRE(values.size() == index.size());
    for (const auto& value : values) {
        CHECK(index.contains(value.code));
        CHECK(value.label == metadata["dimension"]["nr"]["category"]["label"][value.code]);
    }
    CHECK(here.get("/pxweb/v2/codelists/drop.table.nr", {{"asOf", "2001-01-01"}}).status == 404);
    CHECK(here.get("/pxweb/v2/codelists/drop.table.year").status == 404);
    ServedPages::Values query = {{"valueCodes[nr]", "*"}, {"valueCodes[year]", "*"}};
    const auto without = here.json(px_table + "/data", query);
    query["codelist[nr]"] = "drop.table.nr";
    CHECK(here.json(px_table + "/data", query) == without);
    CHECK(Json::parse(
              post_json(here, px_table + "/data",
                        R"x({"selection":[{"variableCode":"nr","codelist":"drop.table.nr","valueCodes":["*"]},)x"
                        R"x({"variableCode":"year","valueCodes":["*"]}]})x")
                  .body) == without);
}

TEST_CASE("what is wrong with a question is told as PxWebApi tells it", "[api]")
{
    StoreFixture store;
    fill(store);
    const ServedPages here(store.folder.path());
    const std::vector<std::tuple<std::string, ServedPages::Values, int, std::string>> wrong = {
        {"/pxweb/v2/tables/drop.nothing", {}, 404, "Non-existent table"},
        {px_table, {{"asOf", "2001-01-01"}}, 404, "Non-existent table"},
        {px_table + "/data", {{"valueCodes[nr]", "9"}}, 400, "Non-existent value"},
        {px_table + "/data", {{"valueCodes[x]", "9"}}, 400, "Non-existent variable"},
        {px_table + "/data", {{"valueCodes[nr]", "1"}}, 400, "Missing selection for mandantory variable"},
        {px_table + "/data", {{"valueCodes[nr]", "top(x)"}}, 400, "Illegal selection expression"},
        {px_table + "/data", {{"codelist[nr]", "agg_x"}}, 400, "Non-existent codelist"},
        {px_table + "/data", {{"outputFormat", "px"}}, 400, "Unsupported output format"},
        {px_table + "/data", {{"lang", "se"}}, 400, "Unsupported language"},
        {px_table + "/data", {{"valueCodes", "1"}}, 400, "Parameter error"},
        {"/pxweb/v2/tables", {{"pageNumber", "9"}}, 404, "Non-existent page"},
        {"/pxweb/v2/codelists/agg_x", {}, 404, "Non-existent codelist"},
    };
    for (const auto& [path, query, status, title] : wrong) {
        const auto answer = here.get(path, query);
        INFO(path << " " << answer.body);
        CHECK(answer.status == status);
        const auto problem = Json::parse(answer.body);
        CHECK(problem["status"] == status);
        CHECK(problem["type"] == "Parameter error");
        CHECK(problem["title"] == title);
    }
    for (const auto* body : {"", "[]", "{\"selection\":1}", "{\"selection\":[1]}",
                             "{\"selection\":[{\"variableCode\":\"nr\",\"valueCodes\":[1]}]}"})
        CHECK(post_json(here, px_table + "/data", body).status == 400);
}

TEST_CASE("more cells than PxWebApi gives are refused", "[api]")
{
    StoreFixture store;
    std::map<std::string, std::vector<std::string>> rows;
    Release release;
    release.dataset = "drop/table";
    release.time_dimension = "year";
    release.periods = {Period::year(2018)};
    for (const auto* id : {"a", "b"}) {
        auto& dimension = release.dimensions.emplace_back(Dimension{id, id, Role::none, {}, {}});
        for (int i = 0; i < 1000; ++i)
            dimension.categories.push_back({std::to_string(i), "", "", {}});
    }
    release.cells.resize(1'000'000);
    for (std::size_t i = 0; i < 1000; ++i)
        release.cells[i * 1001] = Cell::of(Decimal::parse("1").value());
    store.accept(release, "2019-01-01");
    const ServedPages here(store.folder.path());
    const auto answer =
        here.get(px_table + "/data", {{"valueCodes[a]", "*"}, {"valueCodes[b]", "*"}, {"valueCodes[year]", "*"}});
    CHECK(answer.status == 400);
    CHECK(Json::parse(answer.body)["title"] == "Too many cells selected");
}
