// What each page says, held against the query layer that the command line asks too.
#include "page/pages.hpp"

#include "base/number_text.hpp"
#include "base/text.hpp"
#include "model/indicator_name.hpp"
#include "page/assets.hpp"
#include "query/catalogue.hpp"
#include "query/flags.hpp"
#include "query/reports.hpp"
#include "query/working.hpp"
#include "report/page.hpp"
#include "tests/page/page_fixture.hpp"

#include <regex>

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

std::string unescaped(std::string text)
{
    for (const auto& [from, to] : {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&quot;", "\""),
                                   std::pair("&#39;", "'"), std::pair("&#x2F;", "/"), std::pair("&amp;", "&")})
        text = replace_all(text, from, to);
    return text;
}

const std::vector<std::string> all_paths = {"/",        "/indicators", "/indicators/9", "/flags", "/flags/1",
                                            "/changes", "/data",       "/sources",      "/login"};

} // namespace

TEST_CASE("the overview has every row of the report, with its numbers and its verdict", "[page]")
{
    ServedPages here(first_harvest());
    const auto html = unescaped(here.body("/", {{"set", "3"}}));
    const auto reading = here.reader.read();
    const auto report = status_report(reading->store, *reading->catalogue, {.set = 3, .period = Period::year(2018)},
                                      {}, Numbers::published);
    const auto page = make_printable_page(report, *reading->catalogue, Language::nb);
    REQUIRE(report.rows.size() == 85);
    std::size_t at = 0;
    for (const auto& table : page.tables) {
        at = html.find(table.part, at);
        REQUIRE(at != std::string::npos);
        for (const auto& row : table.rows) {
            INFO(row.row->number_text() << " " << row.label);
            const auto begin = html.find("<td class=\"n\">" + row.row->number_text() + "</td>", at);
            REQUIRE(begin != std::string::npos);
            at = html.find("</tr>", begin);
            const auto line = html.substr(begin, at - begin);
            CHECK_THAT(line, Contains(row.label));
            for (const auto& value : row.values)
                CHECK_THAT(line, Contains("<td class=\"n\">" + value.text + "</td>"));
            const auto& change = row.changes.at(1); // 2017 to 2018
            CHECK_THAT(line, Contains(change.text));
            CHECK_THAT(line, Contains(change.mark + "</td>"));
        }
    }
    const auto& counts = report.roll_ups.at(1).counts;
    CHECK_THAT(html, Contains(fmt::format("<b class=\"improved\">{}</b>", counts.at(0))));
    CHECK_THAT(html, Contains(fmt::format("<b class=\"worsened\">{}</b>", counts.at(1))));
    CHECK_THAT(html, Contains("alt er vel"));
}

TEST_CASE("the overview says what is wrong, and counts the flags that wait in the menu", "[page]")
{
    ServedPages here(first_harvest());
    here.view.its_status.findings = {{Concern::late, "ssb-cpi", "the job <ssb-cpi> is late", "look"},
                                     {Concern::flags, "", "flags wait", ""}};
    const auto html = here.body("/");
    CHECK_THAT(html, Contains("the job &lt;ssb-cpi&gt; is late: look"));
    CHECK_THAT(html, !Contains("flags wait"));
    CHECK_THAT(html, !Contains("alt er vel"));
    const auto reading = here.reader.read();
    const auto open = unanswered_flags(reading->store);
    REQUIRE(open > 0);
    CHECK_THAT(html, Contains(fmt::format("Flagg <b>{}</b>", open)));
}

TEST_CASE("an indicator's page has the sentence, the working and every version", "[page]")
{
    ServedPages here(first_harvest());
    const auto html = unescaped(here.body("/indicators/9", {{"lang", "en"}}));
    const auto reading = here.reader.read();
    const auto& indicator = *reading->catalogue->find(9);
    const auto working = indicator_working(reading->store, *reading->catalogue, indicator, {}, Numbers::published);
    CHECK_THAT(html, Contains(indicator.label_in(*working.definition).en));
    REQUIRE_FALSE(working.verdicts.empty());
    for (const auto& verdict : working.verdicts) {
        CHECK_THAT(html, Contains(verdict.sentence.en.substr(verdict.sentence.en.find(": ") + 2)));
        CHECK_THAT(html, Contains(verdict.from.text() + " → " + verdict.to.text()));
    }
    for (const auto& [period, value] : working.series.values)
        if (value.value.number)
            CHECK_THAT(html, Contains("<th scope=\"row\">" + period.text() + "</th><td class=\"n\">" +
                                      number_text(*value.value.number, Language::en) + "</td>"));
    CHECK_THAT(html, Contains("<svg class=\"course\""));
    CHECK_THAT(html, Contains("/api/v1/data?selector=9&format=csv"));
    CHECK_THAT(html, Contains("as_of=2018-04-01"));
    CHECK_THAT(html, Contains(working.definition->formula.text()));
}

TEST_CASE("a page as of an earlier day knows what was published by then, and says so", "[page]")
{
    ServedPages here(first_harvest());
    const auto html = here.body("/indicators/9", {{"as_of", "2018-06-01"}});
    CHECK_THAT(html, Contains("Slik det var kjent <b>2018-06-01</b>"));
    CHECK_THAT(html, !Contains("<th scope=\"row\">2018</th>"));
    CHECK_THAT(here.body("/indicators/9"), Contains("<th scope=\"row\">2018</th>"));
    CHECK_THAT(html, Contains("href=\"&#x2F;flags?as_of=2018-06-01\""));
    CHECK_THAT(html, Contains("aria-current=\"date\">2018-04-01<") && !Contains("aria-current=\"date\">2019"));
    CHECK_THAT(html, !Contains("publisert fra 2021-06-24")); // a definition that came later
    CHECK(here.get("/indicators/9", {{"as_of", "yesterday"}}).status == 400);
}

TEST_CASE("what is not there is a page that says so, with status 404", "[page]")
{
    ServedPages here(first_harvest());
    for (const char* path : {"/indicators/999", "/indicators/x", "/flags/999999", "/flags/x", "/orders/5"}) {
        const auto answer = here.get(path);
        INFO(path);
        CHECK(answer.status == 404);
        CHECK_THAT(answer.body, Contains("Det gikk ikke"));
        CHECK_THAT(header(answer, "Content-Security-Policy"), Contains("default-src 'none'"));
    }
    CHECK(here.get("/data", {{"dataset", "ssb/1"}}).status == 404);
    CHECK(here.get("/", {{"set", "77"}}).status == 400);
    CHECK(here.get("/flags", {{"kind", "nonsense"}}).status == 400);
    CHECK(here.get("/changes", {{"selector", "{"}}).status == 400);
}

TEST_CASE("every page has the headers that keep others out, and loads nothing from elsewhere", "[page]")
{
    ServedPages here(first_harvest());
    const std::regex foreign(R"re((href|src|action)="(?!/|&#x2F;|#))re");
    const std::regex inline_code(R"re(<script(?![^>]* src=)|<style| style="| on[a-z]+=")re");
    for (const auto& path : all_paths) {
        const auto answer = here.get(path);
        INFO(path);
        REQUIRE(answer.status == 200);
        CHECK(header(answer, "Content-Security-Policy") ==
              "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
              "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        CHECK(header(answer, "X-Content-Type-Options") == "nosniff");
        CHECK(header(answer, "Set-Cookie").empty());
        CHECK_FALSE(std::regex_search(answer.body, foreign));
        CHECK_FALSE(std::regex_search(answer.body, inline_code));
        CHECK_THAT(answer.body, !Contains("=\"//") && !Contains("=\"&#x2F;&#x2F;"));
        CHECK_THAT(answer.body, !Contains("{{") && !Contains("[["));
    }
}

TEST_CASE("the first view takes less than 100 kB, style sheet and script included", "[page]")
{
    ServedPages here(first_harvest());
    const auto bytes = here.body("/").size() + here.body(asset_path("style.css")).size() +
                       here.body(asset_path("skurd.js")).size() + here.body(asset_path("icon.svg")).size();
    INFO(bytes << " bytes");
    CHECK(bytes < 100'000);
}

TEST_CASE("style sheet and script are named by their bytes, and asked for once", "[page]")
{
    ServedPages here(first_harvest());
    for (const char* name : {"style.css", "skurd.js", "icon.svg"}) {
        const auto path = asset_path(name);
        CHECK_THAT(here.body("/"), Contains(replace_all(path, "/", "&#x2F;")));
        const auto answer = here.get(path);
        CHECK_THAT(header(answer, "Cache-Control"), Contains("immutable"));
        HttpRequest again;
        again.method = "GET";
        again.path = path;
        again.if_none_match = header(answer, "ETag");
        CHECK(here.ask(again).status == 304);
    }
}

TEST_CASE("the browser's language is taken, unless another is chosen", "[page]")
{
    ServedPages here(first_harvest());
    CHECK_THAT(here.body("/flags"), Contains("<html lang=\"nb\">"));
    here.accept_language = "de-DE,en-GB;q=0.8,nb;q=0.5";
    CHECK_THAT(here.body("/flags"), Contains("<html lang=\"en\">"));
    const auto chosen = here.body("/flags", {{"lang", "nb"}});
    CHECK_THAT(chosen, Contains("<html lang=\"nb\">"));
    CHECK_THAT(chosen, Contains("href=\"&#x2F;changes?lang=nb\""));
}

TEST_CASE("changes between two days are those of the query layer, with the reason", "[page]")
{
    ServedPages here(first_harvest());
    const auto html = here.body("/changes", {{"from", "2018-06-01"}, {"to", "2019-12-31"}});
    const auto json = here.json("/api/v1/changes", {{"from", "2018-06-01"}, {"to", "2019-12-31"}});
    CHECK_THAT(html, Contains(fmt::format("{} tall</p>", json["changes"].size())));
    CHECK_THAT(html, Contains("nytt tall"));
    CHECK_THAT(here.body("/changes", {{"from", "2020-06-01"}, {"to", "2020-12-31"}}),
               Contains("Ingen tall er andre"));
}

TEST_CASE("a dataset's page shows the numbers of the chosen series", "[page]")
{
    ServedPages here(first_harvest());
    CHECK_THAT(here.body("/data", {{"q", "STATUS"}}), Contains("drop&#x2F;status-report"));
    CHECK_THAT(here.body("/data", {{"q", "no such words"}}), Contains("Ingen datasett passer"));
    const auto html = here.body("/data", {{"dataset", "drop/status-report"}, {"d-nr", "9"}, {"lang", "en"}});
    CHECK_THAT(html, Contains("1 series") && Contains("<polyline class=\"now line-1\"") && Contains("A "));
    CHECK_THAT(here.body("/data", {{"dataset", "drop/status-report"}, {"lang", "en"}}),
               Contains("up to six series") && !Contains("<polyline class=\"now"));
    const auto rows = here.json("/api/v1/data", {{"selector", "drop/status-report{nr=9}"}})["observations"];
    REQUIRE_FALSE(rows.empty());
    for (const auto& row : rows)
        if (!row["value"].is_null())
            CHECK_THAT(html, Contains(number_text(*Decimal::parse(row["value"].get<std::string>()), Language::en)));
}

TEST_CASE("the sources tell how jobs do and what runs did", "[page]")
{
    ServedPages here(first_harvest());
    JobStatus well;
    well.job = "status-report-3";
    well.health.last_success = parse_time("2026-11-28T19:00:00Z");
    JobStatus failing;
    failing.job = "ssb-<cpi>";
    failing.health.failures_in_row = 3;
    here.view.its_status.jobs = {well, failing};
    const auto html = here.body("/sources");
    CHECK_THAT(html, Contains("✓ i orden"));
    CHECK_THAT(html, Contains("ssb-&lt;cpi&gt;") && Contains("✗ feiler (3)"));
    CHECK_THAT(html, Contains("ny utgave"));
    CHECK_THAT(html, !Contains("Høst nå"));
    here.log_in();
    CHECK_THAT(here.body("/sources"), Contains("Høst nå"));
}
