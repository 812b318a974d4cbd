// What the renderings promise, one by one; golden_test.cpp has them whole.
#include "report/report.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "indicator/formula.hpp"
#include "lib/json/json.hpp"
#include "tests/report/sample_report.hpp"
#include "tests/report/sheet_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

struct Sample : SampleReports {
    std::string render(std::string_view format, Language language = Language::nb, Colour colour = Colour::off) const
    {
        return find_report_format(format)->render({status, catalogue, language, colour});
    }
};

bool contains(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("colour is added only when asked for, and changes nothing else", "[report]")
{
    const Sample sample;
    auto coloured = sample.render("text", Language::nb, Colour::on);
    CHECK(contains(coloured, "\x1b[32m✓ grønn\x1b[0m"));
    for (const char* sequence : {"\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m", "\x1b[90m", "\x1b[0m"})
        coloured = replace_all(coloured, sequence, "");
    CHECK(coloured == sample.render("text"));
}

TEST_CASE("the same note is given once, with all its numbers", "[report]")
{
    Sample sample;
    sample.status.rows[6].formula_error = sample.status.rows[5].formula_error = {"det samme", "the same"};
    CHECK(contains(sample.render("text"), "  - 6, 7: det samme\n"));
    CHECK(contains(sample.render("md", Language::en), "\n- 6, 7: the same\n"));
}

TEST_CASE("a caveat that is the reason of the definition shown is not said twice", "[report]")
{
    Sample sample;
    auto& row = sample.status.rows[4];
    auto& definitions = sample.catalogue.indicators[4].definitions;
    auto going_on = definitions.back();
    going_on.id = definitions.back().id + 1;
    going_on.formula = parse_formula("coalesce(ssb/1{a=1}, earlier())");
    going_on.reason = {"går videre fra kilden", "goes on from the source"};
    for (auto& change : row.changes)
        change.caveat = definitions.back().reason;
    for (auto& [period, value] : row.course)
        value.definition = definitions.back().id;
    definitions.push_back(going_on);
    row.definition = &definitions.back();
    const auto text = sample.render("md");
    CHECK(
        contains(text, "\n- 5: sammenlignes med tall publisert før 2019-11-01: «hasj» ble «hasj eller marihuana»\n"));
    CHECK_FALSE(contains(text, "sammenlignet likevel: "));
}

TEST_CASE("kind and unit are those of the row's definition", "[report]")
{
    Sample sample;
    auto& definition = sample.catalogue.indicators[4].definitions[1];
    CHECK(contains(sample.render("text"), "3,9\u00a0%"));
    definition.kind = IndicatorKind::score;
    definition.unit = "score, 1 to 5";
    const auto row = Json::parse(sample.render("json")).at("rows")[4];
    CHECK(row.at("kind") == "score");
    CHECK(row.at("unit") == "score, 1 to 5");
    CHECK(contains(sample.render("csv"), ",score,down,\"score, 1 to 5\",2,3.9,"));
    CHECK_FALSE(contains(sample.render("text"), "3,9\u00a0%"));
}

TEST_CASE("the JSON report has the promised members", "[report]")
{
    const auto root = Json::parse(Sample().render("json"));
    CHECK(root.at("format") == "skurd-report/1");
    CHECK(root.at("set") == 3);
    CHECK(root.at("period") == "2018");
    CHECK(root.at("as_of") == "2020-06-01T00:00:00Z");
    REQUIRE(root.at("rows").size() == 11);
    const auto& row = root.at("rows")[1];
    CHECK(row.at("indicator") == 2);
    CHECK(row.at("table") == "5.1");
    CHECK(row.at("values") == Json{{"2016", "13936"}, {"2018", "15894"}});
    CHECK(row.at("details")[1].at("period") == "2018");
    CHECK(row.at("details")[1].at("meaning") == "provisional");
    CHECK(row.at("course").size() == 6);
    const auto& change = row.at("changes")[0];
    CHECK(change.at("per_year") == false);
    CHECK(change.at("change") == "14.04994260");
    CHECK(change.at("shown") == "14.0");
    CHECK(change.at("verdict") == "improved");
    CHECK(change.at("provisional") == true);
    CHECK(row.at("changes")[1].at("per_year") == true);
    const auto& missing = root.at("rows")[5].at("details")[1];
    CHECK(missing.at("value").is_null());
    CHECK(missing.at("meaning") == "not available");
    CHECK(root.at("roll_ups")[0].at("plan") == "positive");
    CHECK(root.at("differences")[4].at("number_now").is_null());
    CHECK(root.at("sources")[1].at("numbers") == Json{1});
}

TEST_CASE("a number that a person corrected is told with the source's beside it, whichever is shown", "[report]")
{
    Sample sample;
    auto& row = sample.status.rows[7];
    const auto published = Json::parse(sample.render("json")).at("rows")[7];
    row.values[0].value.number = row.course[Period::year(2016)].value.number = Decimal(282, 0);
    const auto corrected = Json::parse(sample.render("json")).at("rows")[7];
    CHECK(published.at("values").at("2016") == "284");
    CHECK(published.at("corrections")[0].at("applied") == false);
    CHECK(corrected.at("values").at("2016") == "282");
    CHECK(corrected.at("corrections")[0].at("applied") == true);
    CHECK(corrected.at("corrections")[0].at("source_value") == "284");
    CHECK(contains(sample.render("text"), "- † 8 (2016): rettet fra 284 til 282: skrivefeil"));
}

TEST_CASE("the HTML report stands alone and takes no markup from what it shows", "[report]")
{
    const auto html = Sample().render("html");
    CHECK(html.starts_with("<!DOCTYPE html>\n<html lang=\"nb\">"));
    CHECK(contains(Sample().render("html", Language::en), "<html lang=\"en\">"));
    CHECK(contains(html, "=1+1 &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; | *sterk*"));
    for (const char* forbidden : {"<script", "<i>", "http:", "https:", "src=", "url(", "@import"})
        CHECK_FALSE(contains(html, forbidden));
}

TEST_CASE("each printed page names the report, its day and its number, and the text cannot leave the style sheet",
          "[report]")
{
    Sample sample;
    CHECK(contains(sample.render("html"),
                   "@bottom-right { content: \"side \" counter(page) \" av \" counter(pages); }"));
    CHECK(contains(sample.render("html"), "@bottom-center { content: \"Slik tallene var publisert per 2020\\2d 06"));
    const auto hostile = [&](const std::string& title) {
        sample.catalogue.sets[1].title = {title, title};
        for (auto& set : sample.catalogue.sets)
            set.title = {title, title};
        return sample.render("html");
    };
    const auto html = hostile("a\"} </style><b>\\");
    CHECK(contains(html, "@bottom-left { content: \"a\\22 \\7d  \\3c \\2f style\\3e "));
    CHECK_FALSE(contains(html, "</style><b>"));
}

TEST_CASE("a page of a report of now has the day of the newest harvest, one of the past its own", "[report]")
{
    Sample sample;
    sample.status.as_of = parse_time("2020-06-01T23:59:59Z");
    CHECK(contains(sample.render("md"), "\nSlik tallene var publisert per 2020-06-01\n"));
    sample.status.as_of.reset();
    CHECK(contains(sample.render("html"), "@bottom-center { content: \"Slik tallene er publisert nå\\2c  sist hentet "
                                          "2020\\2d 06\\2d 02\"; }"));
    CHECK(contains(sample.render("html", Language::en), "<p class=\"state\">As published now. The store: "));
}

TEST_CASE("people are told what the store held when the report was made", "[report]")
{
    const Sample sample;
    CHECK(contains(sample.render("html"), "Lageret: siste utgave er 7, hentet 2020-06-02 00:00 UTC, lagring 12"));
    CHECK(contains(sheet_text(sample.render("xlsx", Language::en)), "The store: the newest vintage is 7, harvested"));
}

TEST_CASE("every number that leaves has its source and licence, or the word that the licence is unknown", "[report]")
{
    const Sample sample;
    const auto csv = sample.render("csv");
    CHECK(contains(csv, ",notes,source,licence\n"));
    CHECK(contains(csv, ",kilde ikke oppgitt; Statistisk sentralbyrå,lisens ukjent; CC BY 4.0\n"));
    CHECK(contains(csv, ",kilde ikke oppgitt,lisens ukjent\n"));
    for (const auto* format : {"text", "md", "html"}) {
        CAPTURE(format);
        CHECK(contains(sample.render(format), "Statistisk sentralbyrå (CC BY 4.0)"));
    }
    const auto sources = Json::parse(sample.render("json")).at("sources");
    CHECK(sources[1].at("licence").at("en") == "CC BY 4.0");
    CHECK(sources[0].at("licence").is_null());
    CHECK(Json::parse(sample.render("json")).at("rows")[0].at("datasets") == Json{"drop/sample", "ssb/03013"});
}

TEST_CASE("a CSV report for a Norwegian spreadsheet has decimal commas and semicolons", "[report]")
{
    const Sample sample;
    const auto csv = find_report_format("csv")->render(
        {sample.status, sample.catalogue, Language::nb, Colour::off, 0, CsvDialect::excel_nb});
    CHECK(csv.starts_with("\xef\xbb\xbfnumber;indicator;"));
    CHECK(contains(csv, ";48,3;"));
    CHECK(contains(csv, "lisens ukjent\r\n"));
}

TEST_CASE("a chart has a gap where a period lacks a value, and a mark and a gap at a break", "[report]")
{
    const auto html = Sample().render("html");
    const auto chart = [&](const std::string& id) {
        const auto begin = html.find("aria-labelledby=\"" + id + "-t");
        return html.substr(begin, html.find("</svg>", begin) - begin);
    };
    const auto count = [](const std::string& text, const std::string& part) {
        return split(replace_all(text, part, "\x01"), '\x01').size() - 1;
    };
    const auto gap = chart("c2");
    CHECK(count(gap, "<circle") == 5);
    CHECK(count(gap, "<polyline") == 1); // 2015 to 2018: 2013 stands alone
    CHECK(count(gap, "class=\"break\"") == 0);
    CHECK(contains(gap, "2014: taushetsbelagt (:); 2015: 13\u00a0100; "));
    const auto broken = chart("c7");
    CHECK(count(broken, "<polyline") == 2);
    CHECK(count(broken, "class=\"break\"") == 1);
    CHECK_FALSE(contains(html, "aria-labelledby=\"c10-t")); // not one number
}

TEST_CASE("a chart's first and last number stand below it", "[report]")
{
    CHECK(contains(Sample().render("html"), "</svg><span class=\"ends\" aria-hidden=\"true\"><span>2013: "));
}

TEST_CASE("a workbook has a sheet with one number in each row, and the level where that is judged", "[report]")
{
    const auto text = sheet_text(Sample().render("xlsx"));
    const auto data = text.substr(text.find("== Data\n"));
    CHECK(contains(data, "målt mot"));
    CHECK(contains(data, "kilde ikke oppgitt; Statistisk sentralbyrå"));
    CHECK(contains(data, "taushetsbelagt (:)"));
}

TEST_CASE("a workbook has numbers as numbers and no formulas", "[report]")
{
    const auto text = sheet_text(Sample().render("xlsx"));
    CHECK(contains(text, " 48.3 [0.0\" %\"]\n"));
    CHECK(contains(text, " \"123456789.123456789\" [#")); // more than a double carries
    CHECK(contains(text, "\"=1+1 <script>alert('x')</script> | *sterk*\"\n"));
    CHECK(contains(text, "\"=ingen nye data ventes\"\n"));
    CHECK_FALSE(contains(text, "FORMULA"));
}

TEST_CASE("the Markdown report escapes what would break its tables", "[report]")
{
    CHECK(contains(Sample().render("md"),
                   "| 6 | =1+1 \\<script\\>alert('x')\\</script\\> \\| \\*sterk\\* | resultat | "
                   "SSB | prosent | 12\u00a0%\u00a0\\* | N/A |  | · grå |"));
}

TEST_CASE("limits that are tried out and other prices are said before anything else", "[report]")
{
    Sample sample;
    sample.status.what_if = Thresholds{Decimal(5, 1), Decimal(10, 1)};
    const auto text = sample.render("text");
    CHECK(text.find("Prøvde grenser, ikke katalogens: ±0,5 prosentpoeng for andeler, ±1,0\u00a0% for andre tall.\n") <
          text.find("Tabell 5.1"));
    CHECK(text.find("Beløp er vist i 2018-priser, omregnet med prisindeksen ssb/03013") < text.find("Tabell 5.1"));
    CHECK_FALSE(contains(text, "±1,0 prosentpoeng")); // the method names those in force
}

TEST_CASE("a crossing within the sampling error is said to be so beside its colour, what is unchanged is not",
          "[report]")
{
    Sample sample;
    auto& unchanged = sample.status.rows[4].changes[0];
    unchanged.margin = Decimal(30, 1);
    unchanged.within_margin = true;
    const auto text = sample.render("md", Language::en);
    CHECK(contains(text, "| +2.1\u00a0pp | ✓ green, within sampling error ±4.4\u00a0pp |"));
    CHECK(contains(text, "| = yellow, margin ±3.0\u00a0pp, 0.1 percentage points from red |"));
}

TEST_CASE("a set without members is a report without rows", "[report]")
{
    Sample sample;
    sample.status.rows.clear();
    for (const auto format : {"text", "md", "html"})
        CHECK(contains(sample.render(format), "Tredje prøverapport (Fafo 2019:33): 2018"));
    CHECK(sample.render("csv") == "number,indicator,table,part,label,kind,direction,unit,definition,2016,"
                                  "meaning_2016,2018,meaning_2018,notes,source,licence\n");
    CHECK(Json::parse(sample.render("json")).at("rows").empty());
    CHECK(contains(sheet_text(sample.render("xlsx")), "== Metode\n"));
}

TEST_CASE("a format is found by its name", "[report]")
{
    for (const auto& format : report_formats())
        CHECK(find_report_format(format.name) == &format);
    CHECK(find_report_format("xlsx")->content == ReportFormat::Content::binary);
    CHECK(find_report_format("pdf") == nullptr);
}
