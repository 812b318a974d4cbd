// The published change figures of the third status report against those computed from its printed values.

#include "indicator/catalogue.hpp"
#include "indicator/evaluate.hpp"
#include "indicator/status_report.hpp"
#include "tests/indicator/reference_csv.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"

#include <fmt/format.h>

#include <set>

using namespace skurd;
using namespace skurd::test;

namespace {

constexpr const char* change_columns[] = {"change_2016_2017", "change_2017_2018", "change_2016_2018_per_year"};

/// Figures the report computed from numbers it did not print: all three of 39; and, in tables whose changes are not
/// at hand, 91 (2017-2018) and 93 (2016-2017).
const std::set<std::string> not_computable = {"39 change_2016_2017", "39 change_2017_2018",
                                              "39 change_2016_2018_per_year"};

std::map<int, CsvRow> printed_rows(const std::filesystem::path& file)
{
    std::map<int, CsvRow> rows;
    for (auto& row : read_csv(file))
        rows.emplace(std::stoi(row.at("indicator")), row);
    return rows;
}

IndicatorValues values_of(const CsvRow& row, const Indicator& indicator)
{
    IndicatorValues values;
    for (const int year : {2016, 2017, 2018})
        values[Period::year(year)] = {{Decimal::parse(printed_number(row.at(std::to_string(year)))), {}},
                                      indicator.definitions.back().id};
    return values;
}

} // namespace

TEST_CASE("every published change figure that can be computed from printed values comes out as printed")
{
    const auto file = reference("data/status-report-3.csv");
    if (!file)
        return;
    const auto printed = printed_rows(*file);
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    const auto report = make_report(catalogue, {3, Period::year(2018)}, [&](const Indicator& indicator) {
        return IndicatorSeries{values_of(printed.at(indicator.number), indicator), {}, {}};
    });
    REQUIRE(report.rows.size() == 85);
    int equal = 0;
    int without = 0;
    std::set<std::string> different;
    std::set<std::string> other_unit;
    for (const auto& row : report.rows) {
        const auto& line = printed.at(row.number);
        CHECK(line.at("table") == row.table);
        REQUIRE(row.changes.size() == 3);
        for (std::size_t i = 0; i < 3; ++i) {
            const auto figure = line.at(change_columns[i]);
            const auto name = fmt::format("{} {}", row.number, change_columns[i]);
            if (figure.empty())
                continue;
            const auto expected = Decimal::parse(printed_number(figure));
            const auto computed = shown_change(*row.indicator, row.changes[i], expected ? expected->scale() : 1);
            CAPTURE(name, row.changes[i].sentence.en);
            if (!expected) {
                // The golden rule (6) is judged on its level, which needs no change.
                CHECK((row.changes[i].outcome == Outcome::no_data || row.indicator->target));
                CHECK_FALSE(row.changes[i].change);
                ++without;
                continue;
            }
            REQUIRE(computed);
            (*computed == *expected ? void(++equal) : void(different.insert(name)));
            const bool in_points = figure.find("%-poeng") != std::string::npos;
            if (in_points != (row.changes[i].unit == "percentage points"))
                other_unit.insert(name);
        }
    }
    CHECK(equal == 92);
    CHECK(without == 77);
    CHECK(different == not_computable);
    CHECK(other_unit == std::set<std::string>{"43 change_2017_2018"}); // a misprint: 41 % -> 42 % is a point
}

TEST_CASE("changes the report computed from figures it did not print differ from those computed here")
{
    const auto file = reference("data/status-report-3.csv");
    if (!file)
        return;
    const auto printed = printed_rows(*file);
    const auto catalogue = read_catalogue(shipped_catalogue(), "");
    const auto change = [&](int number, Comparison comparison, int from, int to) {
        const auto& indicator = *catalogue.find(number);
        const auto verdict = compare(indicator, values_of(printed.at(number), indicator), comparison,
                                     Period::year(from), Period::year(to));
        return shown_change(indicator, verdict, 1).value().text();
    };
    CHECK(change(39, Comparison::previous, 2016, 2017) == "8.2"); // printed: 7,8
    CHECK(change(39, Comparison::previous, 2017, 2018) == "9.0"); // printed: 9,1
    CHECK(change(39, Comparison::per_year, 2016, 2018) == "8.6"); // printed: 8,4
    CHECK(change(4, Comparison::per_year, 2016, 2018) == "6.8");
}
