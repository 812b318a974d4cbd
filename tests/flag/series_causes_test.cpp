#include "base/time_text.hpp"
#include "flag/series_causes.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

const Time now = parse_time("2019-11-02").value();

Observation cell(const char* region, int year, Value value)
{
    Observation made;
    made.dataset = "ssb/07459";
    made.codes = {{"Region", region}};
    made.label = "Region " + std::string(region);
    made.period = Period::year(year);
    made.value = std::move(value);
    return made;
}

const Value number = {Decimal(5, 0), {}};
const Value withdrawn = {{}, {"", Meaning::withdrawn}};
const Value confidential = {{}, {":", Meaning::confidential}};

std::map<std::string, DatasetReaders> readers()
{
    DatasetReaders who;
    who.indicators = {9, 10};
    who.selections[9] = {Selector::parse("ssb/07459{Region=0|3}")};
    who.selections[10] = {Selector::parse("ssb/07459{Region=3}")};
    return {{"ssb/07459", who}};
}

Annotation marked_break(std::int64_t id, const char* dataset = "ssb/07459")
{
    Annotation made;
    made.id = id;
    made.kind = AnnotationKind::series_break;
    made.dataset = dataset;
    made.period = Period::year(2015);
    made.text = "new questionnaire";
    made.actor = "Kari";
    return made;
}

} // namespace

TEST_CASE("withdrawn cells are one cause for each series, and name the periods and who reads it")
{
    WithdrawnSeries series;
    const std::vector<Observation> seen = {cell("0", 2016, number), cell("0", 2017, withdrawn),
                                           cell("0", 2018, withdrawn), cell("3", 2018, withdrawn),
                                           cell("4", 2018, confidential)};
    series.see(10, seen);
    series.see(9, {seen[1], seen[2]});
    const auto causes = series.causes();
    REQUIRE(causes.size() == 2);
    CHECK(causes[0].key == "withdrawn/ssb/07459{Region=0}");
    CHECK(causes[0].kind == FlagKind::withdrawn);
    CHECK(causes[0].indicator == 9);
    CHECK(causes[0].period == "2018");
    CHECK(causes[0].inputs == "2017 2018");
    CHECK(causes[0].text_en == "ssb/07459{Region=0} (Region 0): the source has withdrawn the numbers for 2017, 2018; "
                               "the series is read by indicators 9, 10");
    CHECK(causes[1].key == "withdrawn/ssb/07459{Region=3}");
    CHECK(causes[1].text_nb ==
          "ssb/07459{Region=3} (Region 3): kilden har trukket tilbake tall for 2018; serien leses "
          "av indikator 10");
}

TEST_CASE("a withdrawn flag is raised, and closed when the numbers come back")
{
    const auto is_withdrawn = [](const Flag& flag) { return flag.kind == FlagKind::withdrawn; };
    WithdrawnSeries series;
    series.see(9, {cell("0", 2018, withdrawn)});
    const auto raised = changes_of({}, series.causes(), is_withdrawn, now);
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].event == FlagEvent::raised);
    auto flag = raised[0].flag;
    flag.id = 1;
    CHECK(changes_of({flag}, series.causes(), is_withdrawn, now).empty());
    const auto closed = changes_of({flag}, {}, is_withdrawn, now);
    REQUIRE(closed.size() == 1);
    CHECK(closed[0].event == FlagEvent::closed);
    CHECK(changes_of(
              {flag}, {}, [](const Flag&) { return false; }, now)
              .empty());
}

TEST_CASE("a break that a person marks is flagged where an indicator reads what it is about")
{
    const auto whole = marked_break(3);
    auto of_series = marked_break(4);
    of_series.series = 7;
    of_series.codes = {{"Region", "3"}};
    auto unread = of_series;
    unread.id = 5;
    unread.codes = {{"Region", "4"}};
    auto taken_back = marked_break(6);
    taken_back.withdrawn_at = now;
    auto note = marked_break(7);
    note.kind = AnnotationKind::note;
    const auto causes =
        annotated_breaks({whole, of_series, unread, taken_back, note, marked_break(8, "ssb/1")}, readers());
    REQUIRE(causes.size() == 2);
    CHECK(causes[0].key == "break/annotation/3");
    CHECK(causes[0].kind == FlagKind::series_break);
    CHECK(causes[0].period == "2015");
    CHECK(causes[0].text_en ==
          "A break in ssb/07459 2015, marked by Kari: new questionnaire; read by indicators 9, 10");
    CHECK(causes[1].key == "break/annotation/4");
    CHECK(causes[1].text_nb == "Brudd i ssb/07459 Region=3 2015, merket av Kari: new questionnaire; leses av "
                               "indikatorene 9, 10");
    auto only_nine = of_series;
    only_nine.codes = {{"Region", "0"}};
    CHECK(annotated_breaks({only_nine}, readers()).front().text_en.ends_with("read by indicator 9"));
}

TEST_CASE("notes of a break are one flag for each dataset that is read, and another note changes it")
{
    const auto who = readers().at("ssb/07459");
    CHECK_FALSE(noted_break("ssb/07459", {"Nothing here"}, who));
    CHECK_FALSE(noted_break("ssb/07459", {"Tidsseriebrudd"}, {}));
    CHECK_FALSE(noted_break("ssb/07459", {"Det er ingen brudd i tidsserien."}, who));
    const auto one = noted_break("ssb/07459", {"Nothing", "Tidsseriebrudd i 2015"}, who).value();
    CHECK(one.key == "break/ssb/07459");
    CHECK(one.inputs == "Tidsseriebrudd i 2015");
    CHECK(one.text_en ==
          "ssb/07459: the source writes of a break: “Tidsseriebrudd i 2015”; read by indicators 9, 10");
    const auto two = noted_break("ssb/07459", {"Tidsseriebrudd i 2015", "Brudd i serien i 2018"}, who).value();
    CHECK(two.key == one.key);
    CHECK(two.inputs != one.inputs);
}
