#include "report/report.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "lib/json/json.hpp"
#include "model/correction.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Indicator indicator(int number, const char* label, IndicatorKind kind, Direction direction)
{
    Indicator made;
    made.number = number;
    made.label = {label, std::string(label) + " (en)"};
    made.part = "goal 1";
    made.kind = kind;
    made.unit = "things";
    made.direction = direction;
    made.definitions.resize(1);
    made.definitions[0].id = 1;
    made.definitions[0].unit = "things";
    return made;
}

Verdict verdict(Comparison comparison, int from, int to, Outcome outcome, const char* change, const char* unit)
{
    Verdict made;
    made.comparison = comparison;
    made.from = Period::year(from);
    made.to = Period::year(to);
    made.outcome = outcome;
    made.change = Decimal::parse(change);
    made.unit = unit;
    made.rule = "change/1";
    made.sentence_nb = "setning";
    made.sentence_en = "sentence";
    return made;
}

/// A report of three rows in one table; owns what it points to, so it stays where it is.
struct Sample {
    Catalogue catalogue;
    StatusReport report;

    Sample()
    {
        catalogue.parts["goal 1"] = {"Mål 1", "Goal 1"};
        catalogue.indicators = {indicator(1, "Årsverk i kommunalt psykisk helse- og rusarbeid, alle",
                                          IndicatorKind::number, Direction::up),
                                indicator(2, "Andel, \"øl\" | vin", IndicatorKind::share, Direction::down),
                                indicator(3, "Meldinger", IndicatorKind::number, Direction::neutral)};
        Definition second = catalogue.indicators[1].definitions[0];
        second.id = 2;
        second.from = parse_time("2019-11-01").value();
        second.reason = {"nytt spørsmål", "new question"};
        catalogue.indicators[1].definitions.push_back(second);
        IndicatorSet set;
        set.number = 3;
        set.title = {"Tredje", "Third"};
        catalogue.sets = {set};
        report.set = &catalogue.sets[0];
        report.period = Period::year(2018);
        report.periods = {Period::year(2016), Period::year(2018)};
        add(0, {"13936", "15894"},
            verdict(Comparison::previous, 2016, 2018, Outcome::improved, "14.04994260", "percent"), "14.0");
        add(1, {"3.9", ""}, verdict(Comparison::previous, 2016, 2018, Outcome::no_data, "", "percentage points"), "");
        add(2, {"0", "1"}, verdict(Comparison::previous, 2016, 2018, Outcome::not_comparable, "", "percent"), "");
        report.rows[1].symbols[1] = {"N/A", Meaning::not_available};
    }
    Sample(const Sample&) = delete;
    Sample& operator=(const Sample&) = delete;

    void add(std::size_t index, const std::vector<std::string>& values, const Verdict& change, const char* shown)
    {
        StatusReport::Row row;
        row.indicator = &catalogue.indicators[index];
        row.number = row.indicator->number;
        row.table = "7.1";
        for (const auto& value : values)
            row.values.push_back(Decimal::parse(value));
        row.symbols.resize(values.size());
        auto per_year = change;
        per_year.comparison = Comparison::per_year;
        row.changes = {change, per_year};
        row.shown_changes = {Decimal::parse(shown), Decimal::parse(shown)};
        report.rows.push_back(row);
    }

    std::string render(ReportFormat format, Language language = Language::nb, Colour colour = Colour::off) const
    {
        return render_report(report, catalogue, format, language, colour);
    }
};

} // namespace

TEST_CASE("the text report lines up and says what it shows")
{
    const std::string expected =
        R"(Tredje: 2018

Tabell 7.1: Mål 1

 nr  indikator                                2016    2018   2016–2018            2016–2018 per år
───────────────────────────────────────────────────────────────────────────────────────────────────────────
  1  Årsverk i kommunalt psykisk helse- og  13_936  15_894     +14,0 %  ✓ grønn            +14,0 %  ✓ grønn
     rusarbeid, alle
  2  Andel, "øl" | vin                       3,9 %     N/A              · grå                       · grå
  3  Meldinger                                   0       1              ≠ grå                       ≠ grå
  * 2: ikke sammenlignbar med tall publisert før 2019-11-01: nytt spørsmål
  * 3 2016–2018: setning
  * 3 2016–2018 per år: setning

Sammendrag

        2016–2018                 2016–2018 per år
Mål 1   ✓ 1  ✗ 0  = 0  · 1  ≠ 1   ✓ 1  ✗ 0  = 0  · 1  ≠ 1

✓ i ønsket retning, ✗ i uønsket retning, = ikke endret i reell grad, ↑ ↓ økt eller redusert uten)"
        R"( ønsket retning, · ingen data, ≠ ikke sammenlignbar
)";
    CHECK(Sample().render(ReportFormat::text) == replace_all(expected, "_", "\u00a0"));
}

TEST_CASE("the text report speaks English when asked")
{
    const auto text = Sample().render(ReportFormat::text, Language::en);
    CHECK(text.starts_with("Third: 2018\n\nTable 7.1: Goal 1\n"));
    CHECK(text.find("13,936  15,894      +14.0%  ✓ green               +14.0%  ✓ green\n") != std::string::npos);
    CHECK(text.find("3.9%     N/A") != std::string::npos);
    CHECK(text.find("  * 2: not comparable with figures published before 2019-11-01: new question\n") !=
          std::string::npos);
    CHECK(text.find("2016–2018 per year") != std::string::npos);
}

TEST_CASE("colour is added only when asked for, and changes nothing else")
{
    const Sample sample;
    auto coloured = sample.render(ReportFormat::text, Language::nb, Colour::on);
    CHECK(coloured.find("\x1b[32m✓ grønn\x1b[0m") != std::string::npos);
    for (const char* sequence : {"\x1b[32m", "\x1b[90m", "\x1b[0m"})
        coloured = replace_all(coloured, sequence, "");
    CHECK(coloured == sample.render(ReportFormat::text));
}

TEST_CASE("the same note is given once, with all its numbers")
{
    Sample sample;
    sample.catalogue.indicators[2].definitions = sample.catalogue.indicators[1].definitions;
    const auto text = sample.render(ReportFormat::text);
    CHECK(text.find("  * 2, 3: ikke sammenlignbar med tall publisert før") != std::string::npos);
    sample.report.as_of = parse_time("2018-06-01").value();
    const auto earlier = sample.render(ReportFormat::text);
    CHECK(earlier.find("nytt spørsmål") == std::string::npos);
    CHECK(earlier.find("Slik tallene var publisert per 2018-06-01T00:00:00Z\n") != std::string::npos);
}

TEST_CASE("a row whose values could not be made has the reason as a note")
{
    Sample sample;
    sample.report.rows[0].trouble = {"formelen gjelder flere serier", "the formula means several series"};
    CHECK(sample.render(ReportFormat::text).find("\n  * 1: formelen gjelder flere serier\n") != std::string::npos);
    CHECK(sample.render(ReportFormat::markdown, Language::en).find("\n- 1: the formula means several series\n") !=
          std::string::npos);
    const auto root = Json::parse(sample.render(ReportFormat::json));
    CHECK(root.at("rows")[0].at("trouble") == "the formula means several series");
    CHECK(root.at("rows")[1].at("trouble") == "");
}

TEST_CASE("kind and unit are those of the definition in force at the report's day")
{
    Sample sample;
    auto& definitions = sample.catalogue.indicators[1].definitions;
    definitions[0].unit = "percent";
    definitions[1].kind = IndicatorKind::score;
    definitions[1].unit = "score, 1 to 5";
    const auto shown = [&](const char* kind, const char* unit) {
        const auto row = Json::parse(sample.render(ReportFormat::json)).at("rows")[1];
        CHECK(row.at("kind") == kind);
        CHECK(row.at("unit") == unit);
    };
    shown("score", "score, 1 to 5");
    CHECK(sample.render(ReportFormat::csv).find(",score,down,\"score, 1 to 5\",3.9,") != std::string::npos);
    CHECK(sample.render(ReportFormat::text).find("3,9 %") == std::string::npos);
    sample.report.as_of = parse_time("2018-06-01").value();
    shown("share", "percent");
    CHECK(sample.render(ReportFormat::csv).find(",share,down,percent,3.9,") != std::string::npos);
    CHECK(sample.render(ReportFormat::text).find("3,9 %") != std::string::npos);
}

TEST_CASE("the JSON report has the promised members")
{
    const auto root = Json::parse(Sample().render(ReportFormat::json));
    CHECK(root.at("set") == 3);
    CHECK(root.at("period") == "2018");
    CHECK(root.at("as_of").is_null());
    REQUIRE(root.at("rows").size() == 3);
    const auto& row = root.at("rows")[0];
    CHECK(row.at("indicator") == 1);
    CHECK(row.at("table") == "7.1");
    CHECK(row.at("values") == Json{{"2016", "13936"}, {"2018", "15894"}});
    CHECK(row.at("label").at("en") == "Årsverk i kommunalt psykisk helse- og rusarbeid, alle (en)");
    CHECK(row.at("kind") == "number");
    CHECK(row.at("direction") == "up");
    const auto& change = row.at("changes")[0];
    CHECK(change.at("from") == "2016");
    CHECK(change.at("to") == "2018");
    CHECK(change.at("per_year") == false);
    CHECK(change.at("change") == "14.04994260");
    CHECK(change.at("unit") == "percent");
    CHECK(change.at("verdict") == "improved");
    CHECK(change.at("sentence").at("nb") == "setning");
    CHECK(row.at("changes")[1].at("per_year") == true);
    CHECK(root.at("rows")[1].at("values").at("2018").is_null());
    CHECK(root.at("rows")[1].at("changes")[0].at("change").is_null());
    CHECK(root.at("rows")[1].at("changes")[0].at("verdict") == "no data");
}

TEST_CASE("the CSV report has one line for each indicator")
{
    CHECK(Sample().render(ReportFormat::csv) ==
          "number,indicator,table,part,label,kind,direction,unit,2016,2018,change_2016_2018,verdict_2016_2018,"
          "change_2016_2018_per_year,verdict_2016_2018_per_year,corrections\n"
          "1,1,7.1,goal 1,\"Årsverk i kommunalt psykisk helse- og rusarbeid, alle\",number,up,things,13936,15894,"
          "14.04994260,improved,14.04994260,improved,\n"
          "2,2,7.1,goal 1,\"Andel, \"\"øl\"\" | vin\",share,down,things,3.9,,,no data,,no data,\n"
          "3,3,7.1,goal 1,Meldinger,number,neutral,things,0,1,,not comparable,,not comparable,\n");
}

TEST_CASE("the Markdown report escapes what would break its tables")
{
    const auto text = Sample().render(ReportFormat::markdown, Language::en);
    CHECK(text.starts_with("# Third: 2018\n\n## Table 7.1: Goal 1\n\n"
                           "| no | indicator | 2016 | 2018 | 2016–2018 | | 2016–2018 per year | |\n"
                           "|--:|:--|--:|--:|--:|:--|--:|:--|\n"));
    CHECK(text.find("| 2 | Andel, \"øl\" \\| vin (en) | 3.9% | N/A |  | · grey |  | · grey |\n") !=
          std::string::npos);
    CHECK(text.find("- 3 2016–2018: sentence\n") != std::string::npos);
    CHECK(text.find("| Goal 1 | ✓ 1  ✗ 0  = 0  · 1  ≠ 1 |") != std::string::npos);
}

TEST_CASE("a value that a person corrected is marked, and every format says what the source has")
{
    Sample sample;
    Correction correction;
    correction.id = 3;
    correction.expected = Decimal(39, 1);
    correction.corrected = Decimal(41, 1);
    correction.reason = "skrivefeil | «blåbær»";
    correction.person = "Kåre";
    correction.made_at = parse_time("2020-01-01").value();
    sample.report.rows[1].corrections = {std::make_shared<const Correction>(correction), nullptr};
    const auto published = sample.render(ReportFormat::text);
    sample.report.rows[1].values[0] = correction.corrected;
    const auto corrected = sample.render(ReportFormat::markdown, Language::en);
    const auto csv = sample.render(ReportFormat::csv);
    const auto json = Json::parse(sample.render(ReportFormat::json)).at("rows");

    CHECK(published.find("3,9 % †     N/A") != std::string::npos);
    CHECK(published.find("  * † 2 2016: kildens 3,9 skal være 4,1: skrivefeil | «blåbær» (Kåre, 2020-01-01)\n") !=
          std::string::npos);
    CHECK(corrected.find("| 4.1% † | N/A |") != std::string::npos);
    CHECK(corrected.find("- † 2 2016: corrected from 3.9 to 4.1: skrivefeil \\| «blåbær» (Kåre, 2020-01-01)\n") !=
          std::string::npos);
    CHECK(csv.find(",no data,\"2016: corrected from 3.9 to 4.1: skrivefeil | «blåbær» (Kåre, 2020-01-01)\"\n") !=
          std::string::npos);
    CHECK(json[0]["corrections"].empty());
    REQUIRE(json[1]["corrections"].size() == 1);
    CHECK(json[1]["corrections"][0]["source_value"] == "3.9");
    CHECK(json[1]["corrections"][0]["corrected_value"] == "4.1");
    CHECK(json[1]["corrections"][0]["applied"] == true);
}

TEST_CASE("a set without members is a report without rows")
{
    Sample sample;
    sample.report.rows.clear();
    CHECK(sample.render(ReportFormat::text).starts_with("Tredje: 2018\n\n✓"));
    CHECK(sample.render(ReportFormat::csv) ==
          "number,indicator,table,part,label,kind,direction,unit,2016,2018,corrections\n");
    CHECK(sample.render(ReportFormat::markdown).starts_with("# Tredje: 2018\n\n✓"));
    CHECK(Json::parse(sample.render(ReportFormat::json)).at("rows").empty());
}

TEST_CASE("the formats have their words")
{
    CHECK(report_format_from("md") == ReportFormat::markdown);
    CHECK(report_format_from("json") == ReportFormat::json);
    CHECK_FALSE(report_format_from("pdf"));
}
