// Some series as lines: which is which without colours, and what is not drawn.
#include "page/series_chart.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;
using Catch::Matchers::Contains;

namespace {

ChartSeries rising(const std::string& name, int first)
{
    ChartSeries series{name, {}};
    for (int year = 2015; year < 2020; ++year)
        series.numbers.emplace(Period::year(year), Decimal(first + year - 2015, 0));
    return series;
}

std::string svg(const std::vector<ChartSeries>& series)
{
    return series_chart(series, Language::en, wide_chart);
}

std::size_t count(const std::string& text, const std::string& what)
{
    std::size_t found = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++found;
    return found;
}

} // namespace

TEST_CASE("each series has a line, a letter at its end and its first and last number in words", "[page]")
{
    const auto drawn = svg({rising("Oslo", 10), rising("<b>Bergen</b>", 20)});
    CHECK(count(drawn, "<polyline") == 2);
    CHECK_THAT(drawn, Contains("line-1") && Contains("line-2") && Contains(">A</text>") && Contains(">B</text>"));
    CHECK_THAT(drawn, Contains("A: Oslo: 2015 10, 2019 14; B: &lt;b&gt;Bergen&lt;/b&gt;: 2015 20, 2019 24"));
    CHECK_THAT(drawn, !Contains("<b>"));
}

TEST_CASE("letters of lines that end at one place stand below each other", "[page]")
{
    const auto drawn = svg({rising("a", 10), rising("b", 10)});
    const auto height_of = [&](const std::string& letter) {
        const auto end = drawn.rfind("\">" + letter + "</text>");
        const auto begin = drawn.rfind("y=\"", end) + 3;
        return std::stod(drawn.substr(begin, end - begin));
    };
    CHECK(height_of("B") - height_of("A") == 15.0);
}

TEST_CASE("one number is no line, seven are too many, and periods that are no time have no place", "[page]")
{
    CHECK(svg({}).empty());
    CHECK(svg({ChartSeries{"a", {{Period::year(2015), Decimal(1, 0)}}}}).empty());
    CHECK(svg(std::vector<ChartSeries>(7, rising("a", 1))).empty());
    CHECK_FALSE(svg(std::vector<ChartSeries>(6, rising("a", 1))).empty());
    auto odd = rising("a", 1);
    odd.numbers.emplace(Period::from_text("pilot"), Decimal(1000, 0));
    CHECK_THAT(svg({odd}), !Contains("1,000") && !Contains("pilot"));
}

TEST_CASE("a series that never changes is drawn in the middle", "[page]")
{
    ChartSeries level{"a", {{Period::year(2015), Decimal(3, 0)}, {Period::year(2016), Decimal(3, 0)}}};
    CHECK_THAT(svg({level}), Contains("<polyline") && Contains("2</text>") && Contains("4</text>"));
}
