// The dialect of SDMX REST: structures and numbers, held against files of the shape that clients read.
#include "api/sdmx_endpoints.hpp"
#include "base/text.hpp"
#include "tests/page/page_fixture.hpp"
#include "tests/report/golden.hpp"
#include "tests/store/store_fixture.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

void fill_sdmx(StoreFixture& store)
{
    store.accept(release_of({"2016", "2017Q4"}, {{"1", {"10", "11.50"}}, {"2 & <3>", {":", ""}}}),
                 "2019-01-01T07:00:00Z");
    store.accept(release_of({"2016"}, {{"1", {"12*"}}}), "2019-02-01T07:00:00Z");
}

std::size_t count_of(const std::string& text, const std::string& part)
{
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size())
        ++count;
    return count;
}

} // namespace

TEST_CASE("numbers are generic data of SDMX-ML 2.1, of any day and with their history", "[api]")
{
    StoreFixture store;
    fill_sdmx(store);
    const ServedPages here(store.folder.path());
    const std::string path = "/sdmx/data/SKURD,drop_table,1.0";
    CHECK(is_golden("sdmx-data.xml", here.body(path)));
    CHECK(is_golden("sdmx-data.xml", here.body("/sdmx/data/drop_table/all")));
    CHECK_THAT(here.body(path, {{"asOf", "2019-01-15"}}), Contains("<gen:ObsValue value=\"10\"/>"));
    const auto history = here.body(path + "/1", {{"includeHistory", "true"}});
    CHECK(count_of(history, "<gen:Obs>") == 3);
    CHECK_THAT(history, Contains("<gen:Value id=\"SUPERSEDED\" value=\"2019-02-01T07:00:00Z\"/>"));
    const auto then = here.body(path + "/1", {{"includeHistory", "true"}, {"asOf", "2019-01-15"}});
    CHECK(count_of(then, "<gen:Obs>") == 2);
    CHECK_THAT(then, !Contains("2019-02-01T07:00:00Z"));
    CHECK(count_of(here.body(path, {{"updatedAfter", "2019-01-15"}}), "<gen:Obs>") == 1);
    CHECK(count_of(here.body(path, {{"startPeriod", "2017"}}), "<gen:Obs>") == 1);
    CHECK(count_of(here.body(path, {{"endPeriod", "2016-12"}}), "<gen:Obs>") == 2);
    CHECK(count_of(here.body(path + "/1+2 & <3>"), "<gen:Obs>") == 3);
}

TEST_CASE("numbers are SDMX-CSV for who asks for that", "[api]")
{
    StoreFixture store;
    fill_sdmx(store);
    const ServedPages here(store.folder.path());
    HttpRequest request;
    request.method = "GET";
    request.path = "/sdmx/data/drop_table";
    request.accept = "application/vnd.sdmx.data+csv;version=2.0.0";
    const auto answer = here.ask(request);
    CHECK(is_golden("sdmx-data.csv", answer.body));
    CHECK_THAT(header(answer, "Content-Type"), Contains("sdmx.data+csv"));
    CHECK(here.body(request.path, {{"format", "csv"}}) == answer.body);
}

TEST_CASE("a dataset's structure has its codelists, concepts and dimensions", "[api]")
{
    StoreFixture store;
    fill_sdmx(store);
    const ServedPages here(store.folder.path());
    CHECK(is_golden("sdmx-structure.xml", here.body("/sdmx/datastructure/SKURD/drop_table/latest")));
    CHECK(is_golden("sdmx-structure.xml", here.body("/sdmx/dataflow/all/drop_table", {{"references", "all"}})));
    const auto flows = here.body("/sdmx/dataflow");
    CHECK(count_of(flows, "<str:Dataflow ") == 1);
    CHECK(count_of(flows, "<str:Codelist ") == 0);
}

TEST_CASE("what SDMX cannot be asked is an error message of SDMX", "[api]")
{
    StoreFixture store;
    fill_sdmx(store);
    const ServedPages here(store.folder.path());
    const std::vector<std::tuple<std::string, ServedPages::Values, int, std::string>> wrong = {
        {"/sdmx/data/nothing", {}, 404, "code=\"100\""},
        {"/sdmx/data/ESTAT,drop_table,1.0", {}, 404, "the only ones"},
        {"/sdmx/data/drop_table/9", {}, 404, "code=\"100\""},
        {"/sdmx/data/drop_table/1.2.3", {}, 400, "has 3 parts"},
        {"/sdmx/data/drop_table", {{"startPeriod", "soon"}}, 400, "code=\"140\""},
        {"/sdmx/data/drop_table", {{"startPeriod", "2030"}}, 404, "No results"},
        {"/sdmx/data/drop_table", {{"firstNObservations", "1"}}, 400, "there is no parameter"},
        {"/sdmx/data/drop_table", {{"dimensionAtObservation", "nr"}}, 400, "none of TIME_PERIOD"},
        {"/sdmx/datastructure/SKURD/x", {}, 404, "there is no dataflow x"},
    };
    for (const auto& [path, query, status, words] : wrong) {
        const auto answer = here.get(path, query);
        INFO(path << " " << answer.body);
        CHECK(answer.status == status);
        CHECK_THAT(answer.body, Contains("<mes:ErrorMessage"));
        CHECK_THAT(answer.body, Contains(words));
    }
}

TEST_CASE("periods are read as SDMX writes them", "[api]")
{
    const std::vector<std::tuple<std::string, std::string, std::string>> cases = {
        {"2020", "2020-01-01", "2020-12-31"},      {"2020-Q2", "2020-04-01", "2020-06-30"},
        {"2020-02", "2020-02-01", "2020-02-29"},   {"2020-S2", "2020-07-01", "2020-12-31"},
        {"2020-T3", "2020-09-01", "2020-12-31"},   {"2020-W01", "2019-12-30", "2020-01-05"},
        {"2020-02-03", "2020-02-03", "2020-02-03"}};
    for (const auto& [text, first, last] : cases) {
        INFO(text);
        const auto days = sdmx_days(text);
        REQUIRE(days);
        CHECK(format_date(days->first) == first);
        CHECK(format_date(days->last) == last);
    }
    for (const auto* text : {"", "soon", "2020-13", "2020-Q5", "2020-02-30", "2020-"})
        CHECK_FALSE(sdmx_days(text));
}
