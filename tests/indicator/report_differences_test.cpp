// What two reports say differently, and what it is called.
#include "indicator/report_differences.hpp"

#include "base/time_text.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;

namespace {

IndicatorValue value(const char* number, int definition)
{
    IndicatorValue found;
    found.value.number = Decimal::parse(number);
    found.definition = definition;
    return found;
}

struct Cell {
    int year;
    const char* number;
    int definition;
};

SnapshotRow row(int indicator, const std::vector<Cell>& cells, int number = 0, int merged_into = 0)
{
    SnapshotRow found;
    found.indicator = indicator;
    found.number = number == 0 ? indicator : number;
    found.merged_into = merged_into;
    found.label = {"Navn", "Name"};
    for (const auto& cell : cells)
        found.values.emplace(Period::year(cell.year), value(cell.number, cell.definition));
    return found;
}

/// Every indicator has two definitions, the second for the reason given.
Catalogue catalogue(DefinitionChange change, bool comparable)
{
    Catalogue found;
    for (const int number : {1, 2}) {
        Indicator indicator;
        indicator.number = number;
        Definition first;
        first.id = 1;
        Definition second;
        second.id = 2;
        second.change = change;
        second.comparable_with_previous = comparable;
        second.reason = {"derfor", "because"};
        indicator.definitions = {first, second};
        found.indicators.push_back(indicator);
    }
    IndicatorSet older;
    older.number = 1;
    IndicatorSet newer;
    newer.number = 3;
    newer.retired = {{2, {"slutt", "over"}}};
    found.sets = {older, newer};
    return found;
}

std::string found_between(const SnapshotRow& before, std::optional<SnapshotRow> now,
                          DefinitionChange change = DefinitionChange::method, bool comparable = false)
{
    ReportSnapshot old_report;
    old_report.set = 1;
    old_report.rows = {before};
    ReportSnapshot new_report;
    new_report.set = 3;
    if (now)
        new_report.rows = {*now};
    std::string text;
    for (const auto& one : differences(old_report, new_report, catalogue(change, comparable)))
        text += fmt::format("{} {}->{}: {}; ", to_string(one.kind), one.number_before, one.number_now, one.text.en);
    return text;
}

} // namespace

TEST_CASE("the same in both reports is no difference, nor is what only the later one has")
{
    CHECK(found_between(row(1, {{2016, "282", 1}}), row(1, {{2016, "282.0", 1}, {2017, "247", 1}})) == "");
}

TEST_CASE("another value under the same definition is a revision; one that vanished is gone")
{
    CHECK(found_between(row(1, {{2016, "282", 1}}), row(1, {{2016, "284", 1}})) ==
          "revision 1->1: 2016: 282 → 284 (no reason given); ");
    CHECK(found_between(row(1, {{2016, "282", 1}}), row(1, {{2017, "284", 1}})) ==
          "gone 1->1: 2016: 282 → – (no reason given); ");
}

TEST_CASE("a changed definition gives the difference its name")
{
    const auto before = row(1, {{2016, "400", 1}});
    const auto now = row(1, {{2016, "419", 2}, {2017, "309", 2}});
    CHECK(found_between(before, now, DefinitionChange::price_base) == "price base 1->1: 2016: 400 → 419 (because); ");
    CHECK(found_between(before, now, DefinitionChange::method) == "definition 1->1: 2016: 400 → 419 (because); ");
    CHECK(found_between(before, now, DefinitionChange::merged) == "merged 1->1: 2016: 400 → 419 (because); ");
    CHECK(found_between(before, row(1, {{2017, "309", 2}}), DefinitionChange::question) ==
          "definition 1->1: 2016: 400 → –: – (because); ");
}

TEST_CASE("a changed wording that still compares leaves room for a revision beside it")
{
    const auto before = row(1, {{2016, "3", 1}});
    CHECK(found_between(before, row(1, {{2016, "3", 2}}), DefinitionChange::wording, true) ==
          "definition 1->1: 2016: 3 → 3 (because); ");
    CHECK(found_between(before, row(1, {{2016, "4", 2}}), DefinitionChange::wording, true) ==
          "revision 1->1: 2016: 3 → 4 (no reason given); definition 1->1: 2016: 3 → 4 (because); ");
}

TEST_CASE("a revision has the reason that its publisher gave with that publication, else it says there is none")
{
    auto known = catalogue(DefinitionChange::price_base, false);
    const auto at = [](const char* day) { return parse_time(day).value(); };
    known.indicators[0].revisions = {{Period::year(2016), at("2019-11-01"), {"talt på nytt", "counted again"}}};
    const auto text_of = [&](const char* before_at, const char* now_at, int definition_now) {
        ReportSnapshot before;
        before.rows = {row(1, {{2016, "141", 1}})};
        before.rows[0].values.at(Period::year(2016)).published_at = at(before_at);
        ReportSnapshot now;
        now.rows = {row(1, {{2016, "279", definition_now}})};
        now.rows[0].values.at(Period::year(2016)).published_at = at(now_at);
        std::string text;
        for (const auto& one : differences(before, now, known))
            text += fmt::format("{}: {}; ", to_string(one.kind), one.text.en);
        return text;
    };
    CHECK(text_of("2018-04-01", "2019-11-01", 1) == "revision: 2016: 141 → 279 (counted again); ");
    CHECK(text_of("2018-04-01", "2020-01-01", 1) == "revision: 2016: 141 → 279 (counted again); ");
    CHECK(text_of("2018-04-01", "2018-12-01", 1) == "revision: 2016: 141 → 279 (no reason given); ");
    CHECK(text_of("2019-11-01", "2020-01-01", 1) == "revision: 2016: 141 → 279 (no reason given); ");
    // Beside another price base too, but there only where it is known.
    CHECK(text_of("2018-04-01", "2019-11-01", 2) ==
          "revision: 2016: 141 → 279 (counted again); price base: 2016: 141 → 279 (because); ");
    CHECK(text_of("2018-04-01", "2018-12-01", 2) == "price base: 2016: 141 → 279 (because); ");
}

TEST_CASE("a corrected period finds its value in another period, revised perhaps")
{
    const auto before = row(1, {{2015, "7796", 1}});
    CHECK(found_between(before, row(1, {{2016, "7796", 2}, {2017, "6479", 2}}), DefinitionChange::period, true) ==
          "period corrected 1->1: 2015: 7796 → 2016: 7796 (because); ");
    CHECK(found_between(before, row(1, {{2016, "7790", 2}}), DefinitionChange::period, true) ==
          "revision 1->1: 2015: 7796 → 2016: 7790 (no reason given); period corrected 1->1: 2015: 7796 → 2016: 7790 "
          "(because); ");
    // The later report has the wrong period too, with another number: it is not that one's revision.
    CHECK(found_between(row(1, {{2017, "58", 1}}), row(1, {{2016, "58", 2}, {2017, "60", 2}}),
                        DefinitionChange::period, true) == "period corrected 1->1: 2017: 58 → 2016: 58 (because); ");
}

TEST_CASE("numbers that move, merge and go are named from the sets")
{
    CHECK(found_between(row(1, {{2016, "5", 1}}, 94), row(1, {{2016, "5", 1}}, 93)) ==
          "renumbered 94->93: number 94 is now 93 (no reason given); ");
    CHECK(found_between(row(1, {{2016, "5", 1}}, 93, 1), row(1, {{2016, "9", 1}}, 92)) ==
          "merged 93->92: “Name” (number 93) is counted in 1; added 0->92: a new indicator; ");
    CHECK(found_between(row(2, {{2016, "5", 1}}), std::nullopt) == "retired 2->0: retired: over; ");
}

TEST_CASE("another verdict on the same values is a difference of its own")
{
    auto before = row(1, {{2016, "4.0", 1}, {2017, "4.1", 1}});
    Verdict verdict;
    verdict.from = Period::year(2016);
    verdict.to = Period::year(2017);
    verdict.outcome = Outcome::unchanged;
    verdict.sentence.en = "Yellow";
    before.changes = {verdict};
    auto now = before;
    now.changes[0].outcome = Outcome::improved;
    now.changes[0].sentence.en = "Green";
    CHECK(found_between(before, now) == "verdict 1->1: Yellow → Green (no reason given); ");
    now.changes[0].rule = "another limit";
    CHECK(found_between(before, now) == "verdict 1->1: Yellow → Green (another limit); ");
}
