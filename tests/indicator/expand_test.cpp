#include "indicator/expand.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/catalogue.hpp"
#include "indicator/report_differences.hpp"
#include "indicator/status_report.hpp"
#include "model/indicator_name.hpp"
#include "tests/support/catch.hpp"

#include <set>

using namespace skurd;

namespace {

constexpr auto places_catalogue = R"([part]
id = 'places'
[[indicator]]
number = 201
for_each = 'Region'
codes = ["????"]
label = { nb = 'Folketall', en = 'Population' }
type = 'effect'
kind = 'number'
unit = 'persons'
direction = 'up'
baseline = '2020'
source = 'SSB'
[[indicator.definition]]
from = '1900-01-01'
formula = 'ssb/07459{Region=*,Kjonn=1} + ssb/07459{Region=*,Kjonn=2}'
[[indicator]]
number = 7
label = 'Landet'
type = 'effect'
kind = 'number'
unit = 'persons'
direction = 'up'
baseline = '2020'
source = 'SSB'
[[indicator.definition]]
from = '1900-01-01'
formula = 'ssb/07459{Region=0}'
[[set]]
number = 1
title = 'Steder'
baseline = '2020'
parts = ['places']
)";

std::vector<Category> listed(const std::vector<std::pair<const char*, const char*>>& codes)
{
    std::vector<Category> found;
    found.reserve(codes.size());
    for (const auto& [code, label] : codes)
        found.push_back({code, label, "", std::nullopt});
    return found;
}

ReadCodes giving(const std::vector<std::pair<const char*, const char*>>& codes)
{
    return [codes](const std::string& dataset, const std::string& dimension) {
        CHECK(dataset == "ssb/07459");
        CHECK(dimension == "Region");
        return listed(codes);
    };
}

Catalogue read_places(const std::string& catalogue = places_catalogue)
{
    return read_catalogue({{"x.toml", catalogue}}, "");
}

} // namespace

TEST_CASE("a formula that names what a template stands for is told why not, and what to write")
{
    const auto message_with = [](const std::string& formula) {
        auto text = std::string(places_catalogue);
        const std::string plain = "ssb/07459{Region=0}";
        text.replace(text.find(plain), plain.size(), formula);
        const auto mistakes = catalogue_mistakes({{"x.toml", text}});
        return mistakes.empty() ? "" : mistakes.front();
    };
    CHECK(
        message_with("indicator(201)") ==
        "x.toml:28: formula 'indicator(201)': indicator 201 stands for one indicator for each Region, and has no "
        "values of its own: write the series of the one that is meant, as 201's formula has it with its code in the "
        "place of *");
    CHECK(message_with("indicator(201/0301)") ==
          "x.toml:28: formula 'indicator(201/0301)': expected the series of that indicator itself: which ones 201 "
          "stands for is known from the store alone, so a formula cannot name one at character 15");
}

TEST_CASE("what a goal's template stands for is a goal for each place")
{
    auto text = std::string(places_catalogue);
    text.replace(text.find("[[indicator]]"), 0, "role = 'goal'\n");
    auto catalogue = read_catalogue({{"x.toml", text}}, "");
    expand(catalogue, giving({{"0301", "Oslo"}, {"1103", "Stavanger"}}));
    CHECK(catalogue.goals == std::set<std::string>{"places", "places/0301", "places/1103"});
    expand(catalogue, giving({{"0301", "Oslo"}}));
    CHECK(catalogue.goals == std::set<std::string>{"places", "places/0301"});
}

TEST_CASE("a definition for each code of a dimension is an indicator for each that fits")
{
    auto catalogue = read_places();
    CHECK(catalogue.indicators.size() == 1);
    expand(catalogue, giving({{"0", "Hele landet"}, {"03", "Oslo fylke"}, {"0301", "Oslo"}, {"1103", "Stavanger"}}));
    REQUIRE(catalogue.indicators.size() == 3);
    const auto* oslo = catalogue.find(expanded_number(201, "0301"));
    REQUIRE(oslo);
    CHECK(oslo->label == LocalizedText{"Folketall, Oslo", "Population, Oslo"});
    CHECK(oslo->expansion->label.en == "Population");
    CHECK(oslo->expansion->of == 201);
    CHECK(oslo->definitions[0].formula.text() == "ssb/07459{Region=0301,Kjonn=1} + ssb/07459{Region=0301,Kjonn=2}");
    CHECK(oslo->part == "places/0301");
    CHECK(catalogue.parts.at("places/0301").nb == "Oslo");
    CHECK(catalogue.set(1)->members == std::vector<int>{7, 201'400'301, 201'401'103});
    CHECK(catalogue.set(1)->numbers == std::map<int, int>{{201'400'301, 201}, {201'401'103, 201}});
}

TEST_CASE("expanding again follows the codes that come and go, under the same numbers")
{
    auto catalogue = read_places();
    expand(catalogue, giving({{"0301", "Oslo"}, {"1103", "Stavanger"}}));
    expand(catalogue, giving({{"1103", "Stavanger"}, {"4601", "Bergen"}}));
    CHECK(catalogue.set(1)->members == std::vector<int>{7, 201'401'103, 201'404'601});
    CHECK(catalogue.parts.size() == 3);
    expand(catalogue, giving({}));
    CHECK(catalogue.indicators.size() == 1);
    CHECK(catalogue.set(1)->members == std::vector<int>{7});
    CHECK(catalogue.set(1)->numbers.empty());
    CHECK(catalogue.parts.size() == 1);
}

TEST_CASE("names of expanded indicators are read back, and hang on nothing but number and code")
{
    for (const auto* name : {"9", "201/0301", "201/03", "2146/12345", "201/0"})
        CHECK(indicator_name(indicator_number(name).value()) == name);
    const auto named = expanded_number(201, "EKG01");
    CHECK(indicator_number("201/EKG01") == named);
    CHECK(indicator_number(indicator_name(named)) == named);
    CHECK(indicator_name(named).starts_with("201/#"));
    for (const auto* name : {"", "x", "201/", "/0301", "2147/0301", "12345678", "ssb/07459"})
        CHECK_FALSE(indicator_number(name));
    std::set<int> numbers;
    for (int code = 0; code < 10'000; ++code)
        numbers.insert(code_number(fmt::format("{:04}", code)));
    CHECK(numbers.size() == 10'000);
}

TEST_CASE("two codes that come to one number are refused with both")
{
    auto catalogue = read_places(replace_all(places_catalogue, R"(codes = ["????"]
)",
                                             ""));
    std::map<int, std::string> met;
    std::string first;
    std::string second;
    for (int i = 0; first.empty(); ++i) {
        auto code = "K-" + std::to_string(i);
        const auto [other, is_new] = met.emplace(code_number(code), code);
        if (!is_new)
            std::tie(first, second) = std::pair(other->second, code);
    }
    CHECK_THROWS_WITH(expand(catalogue, giving({{first.c_str(), ""}, {second.c_str(), ""}})),
                      Catch::Matchers::Contains("'" + first + "' and '" + second + "' come to the same number"));
    CHECK(catalogue.indicators.size() == 1);
}

TEST_CASE("what for_each needs is said with its line")
{
    const auto mistake = [](const std::string& from, const std::string& to) {
        const auto found = catalogue_mistakes({{"x.toml", replace_all(places_catalogue, from, to)}});
        return found.empty() ? "" : found.front();
    };
    CHECK(mistake("Region=*", "Region=0").starts_with("x.toml:5: each formula needs a series with Region=*"));
    CHECK(mistake("'Region'", "'Kommune'").starts_with("x.toml:5: each formula needs a series with Kommune=*"));
    CHECK(mistake("number = 201", "number = 2147").starts_with("x.toml:4: an indicator for each code has a number"));
    CHECK(mistake("x", "x").empty());
}

TEST_CASE("a report has a table for each place, and a row for each measure in it")
{
    auto catalogue = read_places();
    expand(catalogue, giving({{"0301", "Oslo"}, {"1103", "Stavanger"}}));
    const auto report =
        make_report(catalogue, {1, Period::year(2021)}, [](const Indicator&) { return IndicatorSeries{}; });
    REQUIRE(report.rows.size() == 3);
    CHECK(report.rows[0].number == 7);
    CHECK(report.rows[1].number == 201);
    CHECK(report.rows[1].label().nb == "Folketall");
    CHECK(report.rows[1].indicator->part == "places/0301");
    CHECK(report.rows[2].indicator->part == "places/1103");
    CHECK(report.roll_ups.front().parts.size() == 3);
    const auto snapshot = snapshot_of(report);
    CHECK(snapshot.rows[1].number == 201'400'301);
    CHECK(snapshot.rows[1].label.nb == "Folketall, Oslo");
    CHECK(snapshot.rows[2].number == 201'401'103);
}
