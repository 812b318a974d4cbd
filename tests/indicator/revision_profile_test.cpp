#include "indicator/revision_profile.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Time day(const char* text)
{
    return parse_time(text).value();
}

/// "2018-04-01 282, 2019-11-01 284", that stood until the last day.
Figure figure(const std::vector<std::pair<const char*, const char*>>& versions, const char* last_stood,
              RevisionUnit unit = RevisionUnit::percent)
{
    Figure made{Period::year(2016), unit, {}, day(last_stood)};
    for (const auto& [published, number] : versions)
        made.versions.push_back({day(published), Decimal::parse(number).value()});
    return made;
}

Indicator indicator()
{
    Indicator made;
    made.number = 9;
    Definition first;
    first.id = 1;
    first.from = day("2000-01-01");
    Definition comparable = first;
    comparable.id = 2;
    comparable.comparable_with_previous = true;
    Definition other = first;
    other.id = 3;
    made.definitions = {first, comparable, other};
    return made;
}

ValuesFrom release(const char* published, const std::map<int, std::pair<const char*, int>>& values)
{
    ValuesFrom made{day(published), {}};
    for (const auto& [year, value] : values)
        made.values[Period::year(year)] = {{Decimal::parse(value.first), {}}, value.second, 1, day(published)};
    return made;
}

RevisionHistory history_of(const Indicator& of, const std::vector<ValuesFrom>& releases, const char* last_release)
{
    return revision_history({}, of, releases, day(last_release));
}

Observation version(std::int64_t series, int year, const char* number, const char* published, const char* unit = "")
{
    Observation made;
    made.series = series;
    made.dataset = "ssb/07459";
    made.codes = {{"Region", std::to_string(series)}};
    made.period = Period::year(year);
    made.value.number = Decimal::parse(number);
    made.published_at = day(published);
    made.unit = unit;
    return made;
}

/// "2016: 282 284 | 2017: 5 (until 2019-11-01)".
std::string text_of(const RevisionHistory& history)
{
    std::string text;
    for (const auto& one : history.figures) {
        text += (text.empty() ? "" : " | ") + one.period.text() + ":";
        for (const auto& each : one.versions)
            text += " " + each.number.text();
        text += " (until " + format_date(one.last_stood) + ")";
    }
    return text;
}

std::string tidy_rows(const RevisionHistory& history)
{
    CsvWriter csv;
    write_tidy_rows(history, csv);
    return csv.take();
}

} // namespace

TEST_CASE("a profile counts how often, how much and which way first figures are revised")
{
    const auto profile = revision_profile({
        figure({{"2018-04-01", "200"}, {"2019-04-01", "210"}}, "2019-11-01"),                       // +5 %
        figure({{"2018-04-01", "100"}, {"2018-05-01", "120"}, {"2018-06-10", "97"}}, "2019-11-01"), // -3 %
        figure({{"2018-04-01", "50"}}, "2019-11-01"),                                               // 0
        figure({{"2018-04-01", "-10"}, {"2018-04-11", "-10.1"}}, "2019-11-01"),                     // -1 %
        figure({{"2018-04-01", "7"}, {"2018-05-01", "8"}, {"2018-06-01", "7.0"}}, "2019-11-01"), // 0, there and back
        figure({{"2019-11-01", "5"}}, "2019-11-01"),                                             // not followed
    });
    CHECK(profile.figures == 6);
    CHECK(profile.followed == 5);
    CHECK(profile.revised == 4);
    CHECK(profile.up == 1);
    CHECK(profile.down == 2);
    CHECK(profile.uncounted == 0);
    CHECK(profile.mean->text() == "0.20");          // (5 - 3 + 0 - 1 + 0) / 5
    CHECK(profile.mean_absolute->text() == "1.80"); // (5 + 3 + 0 + 1 + 0) / 5
    CHECK(profile.days_median == 65);               // 10, 61, 70, 365
    CHECK(profile.days_most == 365);
}

TEST_CASE("revisions of a share are counted in points, and of a zero in no percent")
{
    const auto points = revision_profile({
        figure({{"2018-04-01", "46.2"}, {"2019-04-01", "46.9"}}, "2019-11-01", RevisionUnit::points),
        figure({{"2018-04-01", "0"}, {"2019-04-01", "-0.5"}}, "2019-11-01", RevisionUnit::points),
    });
    CHECK(points.mean->text() == "0.10");
    CHECK(points.mean_absolute->text() == "0.60");
    const auto percent = revision_profile({
        figure({{"2018-04-01", "0"}, {"2019-04-01", "4"}}, "2019-11-01"),
        figure({{"2018-04-01", "3"}, {"2019-04-01", "4"}}, "2019-11-01"),
        figure({{"2018-04-01", "0"}}, "2019-11-01"),
    });
    CHECK(percent.up == 2);
    CHECK(percent.uncounted == 1);
    CHECK(percent.mean->text() == "16.67"); // (33.333… + 0) / 2
    const auto none = revision_profile({figure({{"2018-04-01", "3"}}, "2018-04-01")});
    CHECK_FALSE(none.mean);
    CHECK_FALSE(none.days_median);
    CHECK(none.figures == 1);
}

TEST_CASE("an indicator's figures are followed through its releases")
{
    const auto history = history_of(indicator(),
                                    {release("2018-04-01", {{2016, {"282", 1}}, {2017, {"241", 1}}}),
                                     release("2019-01-01", {{2016, {"282.0", 1}}}),
                                     release("2019-11-01", {{2016, {"284", 1}}, {2017, {"", 1}}, {2018, {"5", 1}}})},
                                    "2020-05-01");
    CHECK(history.id == "9");
    CHECK(text_of(history) == "2016: 282 284 (until 2020-05-01) | 2017: 241 (until 2018-04-01) | "
                              "2018: 5 (until 2020-05-01)");
    CHECK(history.figures[0].unit == RevisionUnit::percent);
    CHECK(history.figures[0].versions[1].published == day("2019-11-01"));
}

TEST_CASE("another definition that does not compare begins a figure of its own")
{
    const auto history =
        history_of(indicator(),
                   {release("2018-04-01", {{2016, {"10", 1}}}), release("2019-04-01", {{2016, {"11", 2}}}),
                    release("2020-04-01", {{2016, {"70", 3}}}), release("2021-04-01", {{2016, {"71", 3}}})},
                   "2021-04-01");
    CHECK(text_of(history) == "2016: 10 11 (until 2019-04-01) | 2016: 70 71 (until 2021-04-01)");
    CHECK(tidy_rows(history) == "9,2016,2020-04-01T00:00:00Z,70\n9,2016,2021-04-01T00:00:00Z,71\n");
}

TEST_CASE("a share's kind is that of the definition")
{
    auto share = indicator();
    share.kind = IndicatorKind::share;
    share.definitions[2].kind = IndicatorKind::score;
    const auto history =
        history_of(share, {release("2018-04-01", {{2016, {"10", 1}}}), release("2020-04-01", {{2016, {"3.1", 3}}})},
                   "2020-04-01");
    REQUIRE(history.figures.size() == 2);
    CHECK(history.figures[0].unit == RevisionUnit::points);
    CHECK(history.figures[1].unit == RevisionUnit::percent);
}

TEST_CASE("the columns of figures in long form are those of real-time data")
{
    CsvWriter csv;
    write_tidy_header(csv);
    CHECK(csv.take() == "id,period,published,value\n");
}

TEST_CASE("a store's history gives the figures of each series")
{
    auto gone = version(1, 2017, "", "2018-06-01");
    const std::vector<Observation> versions = {
        version(1, 2016, "4.5", "2018-04-01"),
        version(1, 2016, "4.50", "2018-05-01"),
        version(1, 2016, "4.6", "2019-05-01"),
        version(1, 2017, "7", "2018-04-01"),
        gone,
        version(2, 2016, "30", "2018-04-01", "Prosent"),
    };
    const auto histories = revision_histories(versions, {{"ssb/07459", day("2020-01-01")}});
    REQUIRE(histories.size() == 2);
    CHECK(histories[0].id == "ssb/07459{Region=1}");
    CHECK(text_of(histories[0]) == "2016: 4.5 4.6 (until 2020-01-01) | 2017: 7 (until 2018-06-01)");
    CHECK(histories[1].id == "ssb/07459{Region=2}");
    CHECK(histories[1].figures[0].unit == RevisionUnit::points);
    CHECK(tidy_rows(histories[0]) == "ssb/07459{Region=1},2016,2018-04-01T00:00:00Z,4.5\n"
                                     "ssb/07459{Region=1},2016,2019-05-01T00:00:00Z,4.6\n"
                                     "ssb/07459{Region=1},2017,2018-04-01T00:00:00Z,7\n");
}
