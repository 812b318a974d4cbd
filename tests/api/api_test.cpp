// The read API: what it answers, held against the query layer, and what it refuses.
#include "api/api_routes.hpp"

#include "api/endpoint.hpp"
#include "base/csv_reader.hpp"
#include "base/text.hpp"
#include "query/indicators.hpp"
#include "query/observations.hpp"
#include "query/reports.hpp"
#include "query/working.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/gunzip.hpp"
#include "tests/support/unzstd.hpp"
#include "view/indicator_json.hpp"
#include "view/observation_json.hpp"
#include "view/value_json.hpp"

#include <set>

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
    CHECK(here.json("/api/v1/runs", {{"limit", "1"}})["runs"].size() == 1);
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
        {"/api/v1/data",
         {{"selector", "9"}, {"format", "xml"}},
         400,
         "format: 'xml' is none of json, csv, ndjson, jsonstat, parquet"},
        {"/api/v1/data", {{"selector", "9"}, {"period", "soon"}}, 400, "period: 'soon' is not a period"},
        {"/api/v1/data", {{"selector", "drop/nothing"}}, 400, "drop/nothing"},
        {"/api/v1/data", {{"selector", "drop/status-report{nr=\xff}"}}, 400, "UTF-8"},
        {"/api/v1/indicators/999", {}, 404, "999"},
        {"/api/v1/flags/999999", {}, 404, "there is no flag 999999"},
        {"/api/v1/flags", {{"kind", "x"}}, 400, "kind: 'x' is none of threshold"},
        {"/api/v1/runs", {{"limit", "100000"}}, 400, "limit: '100000' is no number from 1 to 10000"},
        {"/api/v1/runs", {{"cursor", "x"}}, 400, "cursor: 'x' is of nothing in this list any more"},
        {"/api/v1/data", {{"selector", "9"}, {"cursor", "x"}}, 400, "cursor: 'x' is none of this question"},
        {"/api/v1/data", {{"selector", "9"}, {"cursor", "1-0"}}, 400, "numbers were committed since"},
        {"/api/v1/data", {{"selector", std::string(20000, 'x')}}, 400, "20000 bytes, and 16384 are the most"},
        {"/api/v1/data",
         {{"selector", "9"}, {"limit", "1"}, {"format", "jsonstat"}},
         400,
         "limit: a JSON-stat table is whole"},
        {"/api/v1/history",
         {{"selector", "9"}, {"limit", "1"}, {"format", "parquet"}},
         400,
         "limit: a Parquet file is whole"},
        {"/api/v1/metadata", {{"dataset", "drop/nothing"}}, 404, "drop/nothing"},
        {"/api/v1/metadata",
         {{"dataset", "drop/status-report"}, {"as_of", "2001-01-01"}},
         404,
         "had no release then"},
        {"/api/v1/changes", {}, 400, "the parameter from is missing"},
        {"/api/v1/changes", {{"from", "2018-01-01"}, {"cursor", "x~y~2018"}}, 400, "cursor: 'x~y~2018' is none of"},
        {"/api/v1/changes", {{"from", "2018-01-01"}, {"selector", "drop/nothing"}}, 400, "drop/nothing"},
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

TEST_CASE("data and changes of any number of series are streamed; a page of them is not", "[api]")
{
    StoreFixture store;
    std::map<std::string, std::vector<std::string>> rows;
    for (int i = 0; i < 1001; ++i)
        rows[std::to_string(i)] = {"1"};
    store.accept(release_of({"2018"}, rows), "2019-01-01");
    const ServedPages here(store.folder.path());
    CHECK(here.json("/api/v1/data", {{"selector", "drop/table"}})["observations"].size() == 1001);
    CHECK(lines_of(here.body("/api/v1/data", {{"selector", "drop/table"}, {"format", "ndjson"}})) == 1001);
    CHECK(lines_of(here.body("/api/v1/history", {{"selector", "drop/table"}, {"format", "csv"}})) == 1002);
    CHECK(here.json("/api/v1/data", {{"selector", "drop/table"}, {"format", "jsonstat"}})["value"].size() == 1001);
    CHECK(here.json("/api/v1/changes", {{"from", "2018-12-01"}})["changes"].size() == 1001);
    CHECK(lines_of(here.body("/api/v1/changes", {{"from", "2018-12-01"}, {"format", "csv"}})) == 1002);
    CHECK(here.json("/api/v1/changes", {{"from", "2019-12-01"}})["changes"].empty());
    CHECK_THAT(here.body("/data", {{"dataset", "drop/table"}}), Contains("1001 serier er for mange"));
    CHECK_THAT(here.body("/changes", {{"from", "2018-12-01"}, {"to", "2019-02-01"}}), Contains("1001 serier"));
}

namespace {

/// What follows "?" of an address, as a server has it.
ServedPages::Values query_of(const std::string& address)
{
    ServedPages::Values query;
    for (const auto part : split(std::string_view(address).substr(address.find('?') + 1), '&')) {
        std::string value;
        for (std::size_t i = part.find('=') + 1; i < part.size(); ++i)
            if (part[i] == '%') {
                value += static_cast<char>(std::stoi(std::string(part.substr(i + 1, 2)), nullptr, 16));
                i += 2;
            } else {
                value += part[i];
            }
        query[std::string(part.substr(0, part.find('=')))] = value;
    }
    return query;
}

/// All items of all pages, one after another.
Json paged(
    const ServedPages& here, const std::string& path, ServedPages::Values query, const char* name,
    const std::function<void()>& between = [] {})
{
    Json all = Json::array();
    for (int page = 0; page < 1000; ++page) {
        const auto answer = here.json(path, query);
        for (const auto& item : answer[name])
            all.push_back(item);
        if (answer["next"].is_null())
            return all;
        CHECK(answer[name].size() == 2);
        query = query_of(answer["next"].get<std::string>());
        between();
    }
    return all;
}

} // namespace

TEST_CASE("pages are together what there is, whatever is committed between them", "[api]")
{
    StoreFixture store;
    const std::map<std::string, std::vector<std::string>> rows = {
        {"1", {"10", "11", "12"}}, {"2", {"", "21", "22"}}, {"3", {"30", "", ""}}};
    store.accept(release_of({"2016", "2017", "2018"}, rows), "2019-01-01");
    store.accept(release_of({"2017"}, {{"1", {"11.5"}}}), "2019-02-01");
    const ServedPages here(store.folder.path());
    const ServedPages::Values whole = {{"selector", "drop/table"}};
    auto pages = whole;
    pages["limit"] = "2";
    for (const auto* path : {"/api/v1/data", "/api/v1/history"})
        CHECK(paged(here, path, pages, "observations") == here.json(path, whole)["observations"]);
    CHECK(paged(here, "/api/v1/changes", {{"from", "2018-12-01"}, {"limit", "2"}}, "changes") ==
          here.json("/api/v1/changes", {{"from", "2018-12-01"}})["changes"]);
    CHECK(paged(here, "/api/v1/releases", {{"limit", "2"}}, "releases") == here.json("/api/v1/releases")["releases"]);
    int commits = 0;
    const auto seen = paged(here, "/api/v1/data", pages, "observations", [&] {
        store.accept(release_of({"2016"}, {{"1", {std::to_string(100 + ++commits)}}}), "2019-03-01");
    });
    CHECK(commits > 1);
    std::vector<std::string> cells;
    for (const auto& row : seen)
        cells.push_back(row["codes"]["nr"].get<std::string>() + "/" + row["period"].get<std::string>());
    CHECK(cells == std::vector<std::string>{"1/2016", "1/2017", "1/2018", "2/2017", "2/2018", "3/2016"});
}

TEST_CASE("the page after is linked to where no JSON says it", "[api]")
{
    StoreFixture store;
    store.accept(release_of({"2016", "2017"}, {{"1", {"10", "11"}}}), "2019-01-01");
    const ServedPages here(store.folder.path());
    const auto first = here.get("/api/v1/data", {{"selector", "drop/table"}, {"limit", "1"}, {"format", "csv"}});
    const auto link = header(first, "Link");
    REQUIRE_THAT(link, Contains("rel=\"next\""));
    const auto second = here.get("/api/v1/data", query_of(link.substr(1, link.find('>') - 1)));
    CHECK_THAT(second.body, Contains(",2017,11,"));
    CHECK(lines_of(second.body) == 2);
    CHECK(header(second, "Link").empty());
}

TEST_CASE("datasets, releases and history are as they were on a day", "[api]")
{
    StoreFixture store;
    store.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    store.accept(release_of({"2018"}, {{"1", {"11"}}}), "2019-02-01");
    const ServedPages here(store.folder.path());
    CHECK(here.json("/api/v1/datasets", {{"as_of", "2018-12-31"}})["datasets"].empty());
    CHECK(here.json("/api/v1/datasets", {{"as_of", "2019-01-15"}})["datasets"][0]["vintages"] == 1);
    CHECK(here.json("/api/v1/datasets", {{"updated_after", "2019-01-15"}})["datasets"].size() == 1);
    CHECK(here.json("/api/v1/datasets", {{"updated_after", "2019-02-15"}})["datasets"].empty());
    CHECK(here.json("/api/v1/releases", {{"as_of", "2019-01-15"}})["releases"].size() == 1);
    CHECK(here.json("/api/v1/releases", {{"known_at", "2019-12-01"}})["releases"].empty());
    const auto history = here.json("/api/v1/history", {{"selector", "drop/table"}, {"as_of", "2019-01-15"}});
    REQUIRE(history["observations"].size() == 1);
    CHECK(history["observations"][0]["value"] == "10");
    ServedPages::Values as_csv = {{"selector", "drop/table"}, {"format", "csv"}};
    CHECK_THAT(here.body("/api/v1/history", as_csv), Contains("2019-02-01"));
    as_csv["as_of"] = "2019-01-15";
    CHECK_THAT(here.body("/api/v1/history", as_csv), !Contains("2019-02-01"));
    const auto metadata = here.json("/api/v1/metadata", {{"dataset", "drop/table"}})["metadata"];
    CHECK(metadata["periods"] == Json({"2018"}));
    CHECK(metadata["dimensions"][0]["codes"][0]["label"] == "Row 1");
    CHECK(here.json("/api/v1/sources")["sources"][0]["vintages"] == 2);
    const auto commits = here.json("/api/v1/commits")["commits"];
    REQUIRE(commits.size() >= 2);
    CHECK(
        here.json("/api/v1/commits", {{"since", std::to_string(commits[0]["commit"].get<int>())}})["commits"].size() <
        commits.size());
}

TEST_CASE("who reads gzip or zstd has it, under a tag of its own", "[api]")
{
    StoreFixture store;
    std::map<std::string, std::vector<std::string>> rows;
    for (int i = 0; i < 300; ++i)
        rows[std::to_string(i)] = {"1"};
    store.accept(release_of({"2018"}, rows), "2019-01-01");
    const ServedPages here(store.folder.path());
    HttpRequest request;
    request.method = "GET";
    request.path = "/api/v1/data";
    request.query = {{"selector", "drop/table"}, {"format", "csv"}};
    const auto plain = here.ask(request);
    request.accept_encoding = "br, gzip;q=0.8";
    const auto gzip = here.ask(request);
    CHECK(header(plain, "Content-Encoding").empty());
    CHECK(header(gzip, "Content-Encoding") == "gzip");
    CHECK(header(plain, "Vary") == "Accept-Encoding");
    CHECK(header(gzip, "Vary") == "Accept-Encoding");
    CHECK(header(gzip, "ETag") != header(plain, "ETag"));
    CHECK(gunzip(gzip.body) == plain.body);
    request.if_none_match = header(gzip, "ETag");
    CHECK(here.ask(request).status == 304);
    request.if_none_match.clear();
    request.accept_encoding = "gzip, deflate, br, zstd";
    const auto zstd = here.ask(request);
    CHECK(header(zstd, "Content-Encoding") == "zstd");
    CHECK(unzstd(zstd.body) == plain.body);
    CHECK(header(zstd, "ETag") != header(gzip, "ETag"));
    request.if_none_match = header(zstd, "ETag");
    CHECK(here.ask(request).status == 304);
    request.if_none_match.clear();
    request.query.erase("format"); // JSON is produced too
    const auto as_zstd = here.ask(request);
    request.accept_encoding.clear();
    CHECK(unzstd(as_zstd.body) == here.ask(request).body);
    request.query["format"] = "csv";
    request.accept_encoding = "gzip;q=0";
    CHECK(header(here.ask(request), "Content-Encoding").empty());
    request.accept_encoding = "gzip";
    request.query["selector"] = "drop/nothing";
    const auto wrong = here.ask(request);
    CHECK(wrong.status == 400);
    CHECK(Json::parse(wrong.body)["status"] == 400);
}

TEST_CASE("HEAD has the headers of GET, and runs nothing that is long", "[api]")
{
    StoreFixture store;
    store.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    const ServedPages here(store.folder.path());
    HttpRequest request;
    request.method = "HEAD";
    request.path = "/api/v1/data";
    request.query = {{"selector", "drop/table"}};
    const auto head = here.ask(request);
    CHECK(head.status == 200);
    CHECK(head.body.empty());
    REQUIRE(head.stream);
    CHECK_FALSE(head.stream->next());
    CHECK(header(head, "ETag") == header(here.get("/api/v1/data", request.query), "ETag"));
    request.query["selector"] = "drop/nothing";
    CHECK(here.ask(request).status == 400);
}

TEST_CASE("the OpenAPI document has every route with its parameters, and no other", "[api]")
{
    StoreFixture store;
    store.accept(release_of({"2018"}, {{"1", {"10"}}}), "2019-01-01");
    const ServedPages here(store.folder.path());
    const auto document = Json::parse(here.body("/api/v1/openapi.json"));
    CHECK(document["openapi"] == "3.1.0");
    std::set<std::string> described;
    for (const auto& [path, methods] : document["paths"].items())
        for (const auto& [method, operation] : methods.items()) {
            std::set<std::string> parameters;
            for (const auto& parameter : operation["parameters"])
                if (parameter["in"] == "query")
                    parameters.insert(parameter["name"].get<std::string>() +
                                      (parameter.contains("style") ? "[]" : ""));
            const auto names = std::vector<std::string>(parameters.begin(), parameters.end());
            described.insert(method + " " + path + " " + join(names, " "));
        }
    std::set<std::string> served;
    for (const auto* table : endpoint_tables())
        for (const auto& endpoint : *table) {
            auto names = endpoint.parameters;
            std::sort(names.begin(), names.end());
            served.insert(to_lower(endpoint.method) + " " + std::string(endpoint.path) + " " + join(names, " "));
        }
    CHECK(described == served);
    std::set<std::string> routed;
    StoreReader reader(here.host);
    for (const auto& route : api_routes(reader, here.host))
        routed.insert(to_lower(route.method) + " " + std::string(route.path));
    CHECK(routed.size() == served.size());
}
