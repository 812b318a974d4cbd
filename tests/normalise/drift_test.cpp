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

namespace {

std::vector<Dimension> regions(const std::vector<std::pair<std::string, std::string>>& codes, Role role = Role::geo)
{
    Dimension region{"Region", "region", role, {}, std::nullopt, ""};
    for (const auto& [code, label] : codes)
        region.categories.push_back({code, label, "", std::nullopt, ""});
    return {region};
}

const auto counted = regions({{"0", "Hele landet"}, {"1", "Akershus"}, {"2", "Oslo"}});
const auto inserted = regions({{"0", "Hele landet"}, {"1", "Akershus"}, {"2", "Buskerud"}, {"3", "Oslo"}});

} // namespace

TEST_CASE("labels that stand at other codes block their series, read or not, until a person agrees", "[drift]")
{
    const auto drift = compare_schemas({counted, inserted, {}});
    REQUIRE(drift.size() == 1);
    CHECK(drift[0].text_en == "region: labels moved to other codes, 2 (2, 3): 2 was Oslo and is Buskerud");
    CHECK(drift[0].severity == Severity::blocks_series);
    CHECK(drift[0].reach == Reach::every_series);
    auto release = release_of(inserted);
    CHECK(block_series(release, drift, {}) == 2);
    CHECK(release.is_stated(1));
    CHECK_FALSE(release.is_stated(2));
    CHECK_FALSE(release.is_stated(3));
    put_back_words(release, counted, drift);
    CHECK(release.dimensions[0].categories[2].label == "Oslo");
    CHECK(release.dimensions[0].categories[1].label == "Akershus");
    CHECK(compare_schemas({accepted_schema(counted, inserted, drift), inserted, {}}).size() == 1);
    CHECK(compare_schemas({inserted, inserted, {}}).empty());
}

TEST_CASE("a label has moved also where the job does not ask for the code it is at now", "[drift]")
{
    const auto asked = regions({{"2", "Oslo"}});
    const auto now = regions({{"2", "Buskerud"}});
    CHECK(compare_schemas({asked, now, {}}).front().severity == Severity::harmless);
    CHECK(compare_schemas({asked, now, {}, true, {}, inserted}).front().reach == Reach::every_series);
    CHECK(compare_schemas({counted, regions({{"0", "Hele landet"}, {"1", "Oslo"}}), {}}).front().reach ==
          Reach::every_series);
}

TEST_CASE("a label that is only spelled otherwise, or shared, has not moved", "[drift]")
{
    const auto row = GENERATE(values<std::pair<std::vector<Dimension>, std::vector<Dimension>>>({
        {counted, regions({{"0", "Hela landet"}, {"1", "akershus"}, {"2", "Oslo kommune"}})},
        // As Statistics Norway does when a county's code ends and its name goes on.
        {counted, regions({{"0", "Hele landet"}, {"1", "Akershus (-2019)"}, {"2", "Oslo"}, {"32", "Akershus"}})},
        {regions({{"1", "Annet"}, {"2", "Annet"}}), regions({{"1", "Øvrig"}, {"2", "Annet"}})},
        {regions({{"1", "Oslo"}}), regions({{"1", "Oslo"}, {"2", "Bergen"}})},
        {regions({{"03", "Oslo"}}), regions({{"0301", "Oslo"}})},
    }));
    for (const auto& drift : compare_schemas({row.first, row.second, {}}))
        CHECK(drift.severity == Severity::harmless);
}

TEST_CASE("of time the labels are compared, and which periods there are is no drift", "[drift]")
{
    const auto years = regions({{"2019", "2019"}, {"a", "before"}, {"b", "after"}}, Role::time);
    CHECK(compare_schemas({years, regions({{"2020", "2020"}, {"a", "before"}}, Role::time), {}}).empty());
    CHECK(compare_schemas({{}, years, reads_age_1}).empty());
    CHECK(compare_schemas({years, {}, reads_age_1}).empty());
    const auto turned = compare_schemas({years, regions({{"a", "after"}, {"b", "before"}}, Role::time), {}});
    REQUIRE(turned.size() == 1);
    CHECK(turned[0].severity == Severity::blocks_dataset);
    const auto marked = compare_schemas({years, regions({{"2019", "2019*"}}, Role::time), {}});
    REQUIRE(marked.size() == 1);
    CHECK(marked[0].severity == Severity::harmless);
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
