#include "normalise/drift.hpp"

#include "base/text.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>
#include <map>

using namespace skurd;

namespace {

const Category persons{"Personer", "Personer", "antall", 0, ""};
const Category index_2015{"Kpi", "Konsumprisindeks (2015=100)", "indeks", 1, "2015=100"};

std::vector<Dimension> table(const std::vector<std::string>& ages, const std::vector<Category>& contents)
{
    Dimension age{"Alder", "alder", Role::none, {}, std::nullopt, "urn:ssb:classification:klass:97"};
    for (const auto& code : ages)
        age.categories.push_back({code, code + " år", "", std::nullopt, ""});
    return {age, {"ContentsCode", "statistikkvariabel", Role::metric, contents, std::nullopt, ""}};
}

const std::vector<Dimension> before = table({"0", "1", "2"}, {persons, index_2015});
const std::vector<Selector> reads_age_1 = {Selector::parse("ssb/07459{Alder=1}")};

/// One line for each drift: "blocks series: text".
std::string lines(const std::vector<Dimension>& now, const std::vector<Selector>& in_use = reads_age_1,
                  bool may_be_gone = true, const std::map<std::string, std::vector<std::string>>& gone = {})
{
    std::vector<std::string> found;
    for (const auto& drift : compare_schemas({before, now, in_use, may_be_gone, gone}))
        found.push_back(fmt::format("{}: {}", to_string(drift.severity), drift.text_nb));
    return join(found, "\n");
}

Release release_of(const std::vector<Dimension>& dimensions)
{
    Release release;
    release.dimensions = dimensions;
    release.periods = {Period::parse("2020").value(), Period::parse("2021").value()};
    release.cells.assign(release.series_count() * 2, Cell::of(Decimal(1, 0)));
    return release;
}

} // namespace

TEST_CASE("a dataset that looks as before has no drift", "[drift]")
{
    CHECK(lines(before).empty());
}

TEST_CASE("new and lost codes are told by number, and stop only what is in use", "[drift]")
{
    CHECK(lines(table({"0", "1", "3", "4"}, {persons, index_2015})) ==
          "harmless: alder: kodeliste: 2 nye (3, 4)\nharmless: alder: kodeliste: 1 borte (2)");
    CHECK(lines(table({"0", "2"}, {persons, index_2015})) == "blocks series: alder: kodeliste: 1 borte (1)");
    CHECK(lines(table({"0", "2"}, {persons, index_2015}), reads_age_1, false).empty());
    CHECK(lines(table({"0", "2"}, {persons, index_2015}), {}) == "harmless: alder: kodeliste: 1 borte (1)");
}

TEST_CASE("a lost code that the job names blocks its series, read or not, until the schema is without it", "[drift]")
{
    const auto now = table({"0", "1"}, {persons, index_2015});
    CHECK(lines(now, {}, false, {{"Alder", {"2"}}}) ==
          "blocks series: alder: kodeliste: 1 borte (2), som jobbfilen nevner: rett den");
    CHECK(lines(now, {}, false, {{"Alder", {"7"}}, {"Region", {"2"}}}).empty());
    const auto capital = table({"K", "0", "1", "2"}, {persons, index_2015});
    const auto drift = compare_schemas({capital, before, {}, false, {{"Alder", {"k"}}}});
    REQUIRE(drift.size() == 1);
    CHECK(drift[0].codes == std::vector<std::string>{"K"});
}

TEST_CASE("another unit, base, number in a measure's name, classification or fewer decimals stop series", "[drift]")
{
    auto other = persons;
    other.unit = "promille";
    CHECK(lines(table({"0", "1", "2"}, {other, index_2015})) ==
          "blocks series: statistikkvariabel: enhet for Personer: antall -> promille");
    other = index_2015;
    other.base = "2025=100";
    other.label = "Konsumprisindeks (2025=100)";
    CHECK(lines(table({"0", "1", "2"}, {persons, other})) ==
          "blocks series: statistikkvariabel: basisår for Kpi: 2015=100 -> 2025=100\n"
          "blocks series: statistikkvariabel: navn for Kpi: Konsumprisindeks (2015=100) -> Konsumprisindeks "
          "(2025=100)");
    other = index_2015;
    other.decimals = 0;
    CHECK(lines(table({"0", "1", "2"}, {persons, other})) ==
          "blocks series: statistikkvariabel: antall desimaler for Kpi: 1 -> 0");
    auto reclassified = before;
    reclassified[0].classification = "urn:ssb:classification:klass:98";
    CHECK(lines(reclassified) ==
          "blocks series: alder: klassifikasjon urn:ssb:classification:klass:97 -> urn:ssb:classification:klass:98");
}

TEST_CASE("what only reads otherwise, or says more than before, is harmless", "[drift]")
{
    auto other = persons;
    other.label = "Personer i alt";
    CHECK(lines(table({"0", "1", "2"}, {other, index_2015})) ==
          "harmless: statistikkvariabel: navn for Personer: Personer -> Personer i alt");
    other = index_2015;
    other.decimals = 2;
    CHECK(lines(table({"0", "1", "2"}, {persons, other})) ==
          "harmless: statistikkvariabel: antall desimaler for Kpi: 1 -> 2");
    other = persons;
    other.base = "31.12.";
    CHECK(lines(table({"0", "1", "2"}, {other, index_2015})).empty());
}

TEST_CASE("a new or lost dimension blocks the dataset where it is in use", "[drift]")
{
    const std::vector<Dimension> less = {before[0]};
    auto more = before;
    more.push_back({"Kjonn", "kjønn", Role::none, {}, std::nullopt, ""});
    CHECK(lines(less) == "blocks dataset: dimensjonen ContentsCode er borte");
    CHECK(lines(more) == "blocks dataset: dimensjonen Kjonn er ny");
    CHECK(lines(more, {}) == "harmless: dimensjonen Kjonn er ny");
}

TEST_CASE("only the series in use that a drift touches are blocked", "[drift]")
{
    auto other = persons;
    other.unit = "promille";
    const auto now = table({"0", "1", "2"}, {other, index_2015});
    const auto drift = compare_schemas({before, now, reads_age_1});
    auto release = release_of(now);
    const auto stopped = block_series(release, drift, reads_age_1);

    CHECK(stopped == 1);
    for (std::size_t series = 0; series < release.series_count(); ++series)
        CHECK(release.is_stated(series) == (series != 2)); // age 1, Personer
}

TEST_CASE("the accepted schema keeps what is blocked as it was, so that it is found again", "[drift]")
{
    auto other = persons;
    other.unit = "promille";
    const auto now = table({"0", "2", "3"}, {other, index_2015});
    const auto drift = compare_schemas({before, now, reads_age_1});
    const auto agreed = accepted_schema(before, now, drift);
    const auto again = compare_schemas({agreed, now, reads_age_1});

    REQUIRE(drift.size() == 3);
    REQUIRE(again.size() == 2); // the new code is known by now
    CHECK(again[0].text_en == "alder: code list: 1 gone (1)");
    CHECK(again[1].text_en == "statistikkvariabel: unit of Personer: antall -> promille");
}
