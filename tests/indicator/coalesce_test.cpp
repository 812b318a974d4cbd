// An indicator that goes on from printed numbers with those of a live source.
#include "base/error.hpp"
#include "base/time_text.hpp"
#include "indicator/catalogue.hpp"
#include "indicator/evaluate.hpp"
#include "indicator/formula.hpp"
#include "tests/support/catch.hpp"

#include <fmt/format.h>

using namespace skurd;
using Catch::Matchers::Contains;

namespace {

Time day(const char* text)
{
    return parse_time(text).value();
}

Period year(int number)
{
    return Period::year(number);
}

/// What one vintage says of a year.
struct Said {
    const char* dataset;
    int year;
    const char* number; ///< ":" confidential, "w" withdrawn, ".." not available
    const char* published;
};

Value value_of(std::string_view text)
{
    if (text == ":")
        return {std::nullopt, {":", Meaning::confidential}};
    if (text == "w")
        return {std::nullopt, {"", Meaning::withdrawn}};
    if (text == "..")
        return {std::nullopt, {"..", Meaning::not_available}};
    return {Decimal::parse(text), {}};
}

/// A store of few numbers: the newest of each year by the day that the window sees.
ReadSeries said(std::vector<Said> all, std::optional<Time> as_of = {})
{
    return [all = std::move(all), as_of](const Selector& selector, const PublicationWindow& window) {
        const auto day_seen = seen_in(window, {as_of, {}}).published;
        std::map<Period, Observation> newest;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto published = day(all[i].published);
            if (selector.dataset != all[i].dataset || (day_seen && published > *day_seen))
                continue;
            auto& seen = newest[year(all[i].year)];
            if (seen.vintage != 0 && seen.published_at > published)
                continue;
            seen.dataset = selector.dataset;
            seen.series = 1;
            seen.period = year(all[i].year);
            seen.value = value_of(all[i].number);
            seen.vintage = static_cast<std::int64_t>(i) + 1;
            seen.published_at = published;
        }
        std::vector<Observation> found;
        for (auto& [period, seen] : newest)
            if (seen.published_at >= window.from)
                found.push_back(std::move(seen));
        return found;
    };
}

/// Printed until November 2019, live from then on.
Catalogue printed_then_live(const char* live = "coalesce(ssb/live, earlier())", bool spliced = false)
{
    Indicator indicator;
    indicator.number = 1;
    indicator.direction = Direction::down;
    indicator.baseline = year(2016);
    Definition printed;
    printed.id = 1;
    printed.from = day("2018-04-01");
    printed.formula = parse_formula("drop/printed");
    Definition now = printed;
    now.id = 2;
    now.from = day("2019-11-02");
    now.formula = parse_formula(live);
    now.reads_earlier_values = true;
    now.is_spliced = now.comparable_with_previous = spliced;
    now.reason = spliced ? LocalizedText{"samme tellemåte", "counted in the same way"}
                         : LocalizedText{"annen tellemåte", "counted in another way"};
    indicator.definitions = {printed, now};
    Catalogue catalogue;
    catalogue.indicators.push_back(indicator);
    return catalogue;
}

const std::vector<Said> printed = {{"drop/printed", 2016, "284", "2019-11-01"},
                                   {"drop/printed", 2017, "247", "2019-11-01"},
                                   {"drop/printed", 2018, "286", "2019-11-01"}};

std::vector<Said> and_live(std::vector<Said> live)
{
    live.insert(live.begin(), printed.begin(), printed.end());
    return live;
}

/// "2016=284/2 2019=300/1": the number and the argument that said so; what else is said of it after a bar.
std::string text_of(const IndicatorValues& values)
{
    const auto one = [](const IndicatorValue& value) {
        return fmt::format("{}/{}", value.value.number ? value.value.number->text() : value.value.symbol.text,
                           value.argument);
    };
    std::string text;
    for (const auto& [period, value] : values) {
        text += fmt::format("{}{}={}", text.empty() ? "" : " ", period.text(), one(value));
        for (const auto& other : value.others)
            text += "|" + one(other);
    }
    return text;
}

IndicatorValues values(const Catalogue& catalogue, const std::vector<Said>& all, std::optional<Time> as_of = {})
{
    return values_of(catalogue, catalogue.indicators[0], as_of, said(all, as_of));
}

Verdict verdict(const Catalogue& catalogue, const std::vector<Said>& all, int from, int to)
{
    const auto found = values(catalogue, all);
    return Judge(catalogue.indicators[0], found, {}, &catalogue).compare(Comparison::previous, year(from), year(to));
}

} // namespace

TEST_CASE("an indicator goes on from the printed numbers with the live source's", "[indicator]")
{
    const auto catalogue = printed_then_live();
    CHECK(text_of(values(catalogue, printed)) == "2016=284/2 2017=247/2 2018=286/2");
    CHECK(text_of(values(catalogue, and_live({{"ssb/live", 2018, "286", "2020-01-01"},
                                              {"ssb/live", 2019, "275", "2020-06-01"}}))) ==
          "2016=284/2 2017=247/2 2018=286/1|286/2 2019=275/1");
}

TEST_CASE("on the reports' days the printed numbers are read alone, whatever claims to be older", "[indicator]")
{
    const auto catalogue = printed_then_live();
    const auto all = and_live({{"ssb/live", 2016, "999", "2018-06-01"}, {"ssb/live", 2019, "275", "2018-06-01"}});
    CHECK(text_of(values(catalogue, all, day("2019-11-01"))) == "2016=284/0 2017=247/0 2018=286/0");
    CHECK(text_of(values(catalogue, all)) == "2016=999/1|284/2 2017=247/2 2018=286/2 2019=275/1");
}

TEST_CASE("what is printed after a definition ended is not earlier to the next", "[indicator]")
{
    const auto catalogue = printed_then_live();
    CHECK(text_of(values(catalogue, and_live({{"drop/printed", 2018, "1", "2020-05-01"}}))) ==
          "2016=284/2 2017=247/2 2018=286/2");
}

TEST_CASE("a withdrawn or confidential cell is the answer, one that is not available goes on", "[indicator]")
{
    const auto catalogue = printed_then_live();
    const auto found = values(catalogue, and_live({{"ssb/live", 2016, ":", "2020-01-01"},
                                                   {"ssb/live", 2017, "w", "2020-01-01"},
                                                   {"ssb/live", 2018, "..", "2020-01-01"}}));
    CHECK(text_of(found) == "2016=:/1|284/2 2017=/1|247/2 2018=286/2|../1");
}

TEST_CASE("both periods of a comparison are from the first source that has both", "[indicator]")
{
    const auto catalogue = printed_then_live();
    const auto all = and_live({{"ssb/live", 2018, "300", "2020-01-01"}, {"ssb/live", 2019, "310", "2020-06-01"}});
    const auto live = verdict(catalogue, all, 2018, 2019);
    CHECK(live.old_value->text() == "300");
    CHECK(live.caveat.empty());

    const auto back = verdict(catalogue, all, 2017, 2018);
    CHECK(back.old_value->text() == "247");
    CHECK(back.new_value->text() == "286");
    CHECK(back.outcome == Outcome::worsened);
    CHECK(back.caveat.en == "both figures from drop/printed");
    CHECK(back.vintages == std::vector<std::int64_t>{2, 3});
}

TEST_CASE("numbers of two sources do not compare unless the definition says so with a reason", "[indicator]")
{
    const auto all = and_live({{"ssb/live", 2019, "275", "2020-06-01"}});
    const auto apart = verdict(printed_then_live(), all, 2018, 2019);
    CHECK(apart.outcome == Outcome::not_comparable);
    CHECK(apart.reason == "counted in another way; two sources: drop/printed and ssb/live");

    const auto spliced = verdict(printed_then_live("coalesce(ssb/live, earlier())", true), all, 2018, 2019);
    CHECK(spliced.outcome == Outcome::improved);
    CHECK(spliced.caveat.en == "counted in the same way");
}

TEST_CASE("values over time are those as of each publication, also where a window has closed", "[indicator]")
{
    const auto catalogue = printed_then_live();
    const auto all = and_live({{"ssb/live", 2018, "288", "2020-01-01"}, {"drop/printed", 2017, "1", "2020-03-01"}});
    const auto over_time = values_over_time(catalogue, catalogue.indicators[0], [&](const Selector& selector) {
        std::vector<Observation> versions;
        for (const auto& one : all)
            for (auto& seen : said({one})(selector, {}))
                versions.push_back(std::move(seen));
        return versions;
    });
    REQUIRE(over_time.size() == 4);
    for (const auto& [published, then] : over_time)
        CHECK(text_of(then) == text_of(values(catalogue, all, published)));
    CHECK(text_of(over_time.back().values) == "2016=284/2 2017=247/2 2018=288/1|286/2");
}

TEST_CASE("the places of coalesce and earlier are checked", "[indicator]")
{
    CHECK(parse_formula("coalesce(share(ssb/a, ssb/b), indicator(3), earlier())").text() ==
          "coalesce(share(ssb/a, ssb/b), indicator(3), earlier())");
    CHECK_THROWS_WITH(parse_formula("1 + coalesce(ssb/a, ssb/b)"), Contains("around the whole formula"));
    CHECK_THROWS_WITH(parse_formula("sum(ssb/a, earlier())"), Contains("as an argument of coalesce"));
    CHECK_THROWS_WITH(parse_formula("earlier()"), Contains("as an argument of coalesce"));
    CHECK_THROWS_WITH(parse_formula("coalesce(ssb/a, 0)"), Contains("which a number is not"));
    CHECK_THROWS_WITH(parse_formula("coalesce(ssb/a)"), Contains("another argument: coalesce takes 2"));
    CHECK_THROWS_WITH(parse_formula("coalesce(ssb/a, earlier(2))"), Contains("expected ')'"));
}

TEST_CASE("a formula says what it goes on from", "[indicator]")
{
    const auto catalogue = printed_then_live();
    const auto reading = reading_of(catalogue.indicators[0], {});
    REQUIRE(reading.series.size() == 2);
    CHECK(reading.series[0].window == PublicationWindow{});
    CHECK(reading.series[1].selector.text() == "drop/printed");
    CHECK(reading.series[1].window == PublicationWindow{day("2018-04-01"), day("2019-11-02")});
}
