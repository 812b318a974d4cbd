// The read API: what it answers, held against the query layer, and what it refuses.
#include "api/api_routes.hpp"

#include "base/csv_reader.hpp"
#include "query/indicators.hpp"
#include "query/observations.hpp"
#include "query/reports.hpp"
#include "query/working.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/store/store_fixture.hpp"
#include "view/indicator_json.hpp"
#include "view/observation_json.hpp"
#include "view/value_json.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

std::size_t lines_of(const std::string& csv)
{
    return static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n'));
}

} // namespace

TEST_CASE("data is what `skurd get` gives, as JSON, CSV and JSON-stat", "[api]")
{
    ServedPages here(first_harvest());
    const auto reading = here.reader.read();
    const auto rows = observations(
        reading->store, *reading->catalogue,
        {.target = read_target("drop/status-report{nr=9}", *reading->catalogue), .attributions = Attributions()});
    REQUIRE_FALSE(rows.empty());
    ServedPages::Values query = {{"selector", "drop/status-report{nr=9}"}};
    const auto json = here.json("/api/v1/data", query);
    CHECK(json["observations"] == json_list(rows));
    CHECK(json["commit"] == reading->commit);
    CHECK(json["as_of"].is_null());
    query["format"] = "csv";
    CHECK(lines_of(here.body("/api/v1/data", query)) == rows.size() + 1);
    query["format"] = "jsonstat";
    CHECK(here.json("/api/v1/data", query)["class"] == "dataset");
}

TEST_CASE("data as of a day, and every version", "[api]")
{
    ServedPages here(first_harvest());
    const auto then = here.json("/api/v1/data", {{"selector", "9"}, {"as_of", "2018-06-01"}});
    const auto now = here.json("/api/v1/data", {{"selector", "9"}});
    CHECK(then["as_of"] == "2018-06-01T23:59:59Z");
    CHECK(then["observations"].size() < now["observations"].size());
    const auto all = here.json("/api/v1/history", {{"selector", "9"}});
    CHECK(all["observations"].size() >= now["observations"].size());
    CHECK(here.json("/api/v1/data", {{"selector", "9"}, {"period", "2018"}})["observations"].size() == 1);
}

TEST_CASE("indicators have their working and verdicts", "[api]")
{
    ServedPages here(first_harvest());
    const auto reading = here.reader.read();
    const auto working =
        indicator_working(reading->store, *reading->catalogue, *reading->catalogue->find(9), {}, Numbers::published);
    CHECK(here.json("/api/v1/indicators")["indicators"].size() > 85);
    CHECK(here.json("/api/v1/indicators/9")["indicator"]["indicator"] == 9);
    CHECK(here.json("/api/v1/indicators/9/working")["working"] == to_json(working));
    CHECK(here.json("/api/v1/indicators/9/verdicts")["verdicts"].size() == working.verdicts.size());
}

TEST_CASE("reports come in the forms that the command has", "[api]")
{
    ServedPages here(first_harvest());
    CHECK(here.json("/api/v1/reports", {{"set", "3"}})["rows"].size() == 85);
    CHECK(here.body("/api/v1/reports", {{"set", "3"}, {"format", "xlsx"}}).substr(0, 2) == "PK");
    CHECK_THAT(here.body("/api/v1/reports", {{"set", "3"}, {"format", "csv"}}), Contains("indicator"));
    CHECK(here.get("/api/v1/reports", {{"set", "3"}, {"format", "pdf"}}).status == 400);
}

TEST_CASE("datasets, flags, runs and changes are listed", "[api]")
{
    ServedPages here(first_harvest());
    const auto datasets = here.json("/api/v1/datasets", {{"search", "status"}})["datasets"];
    REQUIRE_FALSE(datasets.empty());
    CHECK(datasets[0]["dataset"] == "drop/status-report");
    CHECK(datasets[0]["licence"] == "licence unknown");
    CHECK_THAT(here.body("/api/v1/datasets", {{"format", "csv"}}), Contains("drop/status-report"));
    const auto flags = here.json("/api/v1/flags")["flags"];
    REQUIRE_FALSE(flags.empty());
    const auto id = std::to_string(flags[0]["flag"].get<int>());
    CHECK_FALSE(here.json("/api/v1/flags/" + id)["flag"]["events"].empty());
    CHECK(here.json("/api/v1/flags", {{"kind", "quarantine"}})["flags"].empty());
    CHECK(here.json("/api/v1/runs", {{"most", "1"}})["runs"].size() == 1);
    CHECK_FALSE(here.json("/api/v1/changes", {{"from", "2018-06-01"}, {"to", "2019-12-31"}})["changes"].empty());
}

TEST_CASE("what is wrong with a question is told as problem+json", "[api]")
{
    ServedPages here(first_harvest());
    const std::vector<std::tuple<std::string, ServedPages::Values, int, std::string>> wrong = {
        {"/api/v1/data", {}, 400, "the parameter selector is missing"},
        {"/api/v1/data",
         {{"selector", "9"}, {"asof", "2018"}},
         400,
         "there is no parameter 'asof' (did you mean 'as_of'?)"},
        {"/api/v1/data", {{"selector", "9"}, {"as_of", "x"}}, 400, "as_of: 'x' is not a date"},
        {"/api/v1/data", {{"selector", "9"}, {"format", "xml"}}, 400, "format: 'xml' is none of json, csv, jsonstat"},
        {"/api/v1/data", {{"selector", "9"}, {"period", "soon"}}, 400, "period: 'soon' is not a period"},
        {"/api/v1/data", {{"selector", "drop/nothing"}}, 400, "drop/nothing"},
        {"/api/v1/data", {{"selector", "drop/status-report{nr=\xff}"}}, 400, "UTF-8"},
        {"/api/v1/indicators/999", {}, 404, "999"},
        {"/api/v1/flags/999999", {}, 404, "there is no flag 999999"},
        {"/api/v1/flags", {{"kind", "x"}}, 400, "kind: 'x' is none of threshold"},
        {"/api/v1/runs", {{"most", "100000"}}, 400, "most: '100000' is no number from 1 to 1000"},
        {"/api/v1/changes", {}, 400, "the parameter from is missing"},
    };
    for (const auto& [path, query, status, words] : wrong) {
        const auto answer = here.get(path, query);
        INFO(path << " " << answer.body);
        CHECK(answer.status == status);
        CHECK(header(answer, "Content-Type") == "application/problem+json");
        const auto problem = Json::parse(answer.body);
        CHECK(problem["status"] == status);
        CHECK_THAT(problem["detail"].get<std::string>(), Contains(words));
    }
}

TEST_CASE("an answer is asked for again only once something was committed", "[api]")
{
    StoreFixture store;
    store.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    const ServedPages here(store.folder.path(), Shipped::used);
    HttpRequest request;
    request.method = "GET";
    request.path = "/api/v1/data";
    request.query = {{"selector", "drop/table"}};
    const auto first = here.ask(request);
    REQUIRE(first.status == 200);
    request.if_none_match = header(first, "ETag");
    CHECK_FALSE(request.if_none_match.starts_with("W/"));
    const auto again = here.ask(request);
    CHECK(again.status == 304);
    CHECK(again.body.empty());
    CHECK(header(again, "ETag") == header(first, "ETag"));
    store.accept(release_of({"2018"}, {{"1", {"11"}}}), "2019-02-01");
    const auto later = here.ask(request);
    CHECK(later.status == 200);
    CHECK(header(later, "ETag") != header(first, "ETag"));
    CHECK_THAT(later.body, Contains("\"value\":\"11\""));
}

TEST_CASE("a request sees one instant of the store, whoever writes meanwhile", "[api]")
{
    StoreFixture store;
    store.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    ServedPages here(store.folder.path());
    const auto reading = here.reader.read();
    store.accept(release_of({"2018"}, {{"1", {"11"}}}), "2019-02-01");
    const auto seen = current_observations(reading->store, Selector::parse("drop/table"), {}, Numbers::published);
    REQUIRE(seen.size() == 1);
    CHECK(seen.front().value.number->text() == "10");
    CHECK(here.reader.read()->commit > reading->commit);
}

TEST_CASE("a selection of more series than one answer holds is refused before it is read", "[api]")
{
    StoreFixture store;
    std::map<std::string, std::vector<std::string>> rows;
    for (int i = 0; i < 1001; ++i)
        rows[std::to_string(i)] = {"1"};
    store.accept(release_of({"2018"}, rows), "2019-01-01");
    const ServedPages here(store.folder.path());
    const auto answer = here.get("/api/v1/data", {{"selector", "drop/table"}});
    CHECK(answer.status == 400);
    CHECK_THAT(answer.body, Contains("1001 series, and 1000 are the most"));
    CHECK(here.get("/api/v1/data", {{"selector", "drop/table{nr=7}"}}).status == 200);
    CHECK(here.get("/api/v1/changes", {{"from", "2018-12-01"}}).status == 400);
    CHECK_THAT(here.body("/data", {{"dataset", "drop/table"}}), Contains("1001 serier er for mange"));
    CHECK_THAT(here.body("/changes", {{"from", "2018-12-01"}, {"to", "2019-02-01"}}), Contains("1001 serier"));
}
