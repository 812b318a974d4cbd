// The formula language: what it reads, how it says what it cannot read, and what units fit.
#include "indicator/formula.hpp"

#include "base/error.hpp"
#include "indicator/quantity.hpp"
#include "tests/support/catch.hpp"

#include <random>

using namespace skurd;

TEST_CASE("a formula is read and written in one way")
{
    const struct {
        const char* text;
        const char* written;
    } formulas[] = {
        {"drop/x{nr=9}", "drop/x{nr=9}"},
        {" ssb/07459 ", "ssb/07459"},
        {"fhi/daar/325{AAR=\"2016, 2017\"}", "fhi/daar/325{AAR=\"2016, 2017\"}"},
        {R"(drop/x{"a b"="}"})", R"(drop/x{"a b"="}"})"},
        {"drop/x+drop/y", "drop/x + drop/y"},
        {"1+2*3", "1 + 2 * 3"},
        {"(1+2)*3", "(1 + 2) * 3"},
        {"1-(2-3)", "1 - (2 - 3)"},
        {"1-2-3", "1 - 2 - 3"},
        {"8/(4/2)", "8 / (4 / 2)"},
        {"-(1+2)", "-(1 + 2)"},
        {"- -1.50", "--1.50"},
        {"2 * -drop/x", "2 * -drop/x"},
        {"sum( drop/x{r=1|2} ,drop/y)", "sum(drop/x{r=1|2}, drop/y)"},
        {"share(drop/x,drop/y)", "share(drop/x, drop/y)"},
        {"mean(drop/x, next(drop/x))", "mean(drop/x, next(drop/x))"},
        {"growth(previous(indicator(9)))", "growth(previous(indicator(9)))"},
        {"deflate(drop/x,drop/cpi,base=2018)", "deflate(drop/x, drop/cpi, base = 2018)"},
        {"drop/brønn{år=é}", "drop/brønn{år=é}"},
    };
    for (const auto& formula : formulas) {
        CAPTURE(formula.text);
        CHECK(parse_formula(formula.text).text() == formula.written);
    }
    CHECK(parse_formula("drop/x{nr=9}").plain());
    CHECK_FALSE(parse_formula("-drop/x{nr=9}").plain());
}

TEST_CASE("what is no formula is refused at the character it goes wrong")
{
    const struct {
        const char* text;
        const char* message;
    } mistakes[] = {
        {"",
         "formula '': expected a series such as ssb/07459{Region=0}, a number, a function or an opening bracket at "
         "character 1"},
        {"drop/x +", "formula 'drop/x +': expected a series such as ssb/07459{Region=0}, a number, a function or an "
                     "opening bracket at character 9"},
        {"drop/x drop/y", "formula 'drop/x drop/y': expected an operator (+ - * /) or the end at character 8"},
        {"deaths", "formula 'deaths': expected a dataset such as ssb/07459, or a function with its brackets at "
                   "character 1"},
        {"total(drop/x)",
         "formula 'total(drop/x)': expected a function: coalesce, deflate, earlier, growth, indicator, "
         "mean, next, previous, share or sum at character 1"},
        {"sum(drop/x", "formula 'sum(drop/x': expected ')' at character 11"},
        {"sum()",
         "formula 'sum()': expected a series such as ssb/07459{Region=0}, a number, a function or an opening "
         "bracket at character 5"},
        {"share(drop/x)", "formula 'share(drop/x)': expected another argument: share takes 2 at character 13"},
        {"growth(drop/x, drop/y)",
         "formula 'growth(drop/x, drop/y)': expected a closing bracket: growth takes 1 argument "
         "at character 15"},
        {"deflate(drop/x, drop/y)",
         "formula 'deflate(drop/x, drop/y)': expected ', base = ' and a year, such as base = "
         "2018 at character 23"},
        {"deflate(drop/x, drop/y, 2018)",
         "formula 'deflate(drop/x, drop/y, 2018)': expected base = and a year at character 25"},
        {"indicator(0)", "formula 'indicator(0)': expected an indicator's number at character 11"},
        {"1.2.3", "formula '1.2.3': expected a number such as 2.5 at character 1"},
        {"å + drop/x{nr=}", "formula 'å + drop/x{nr=}': expected a dataset such as ssb/07459, or a function with its "
                            "brackets at character 1"},
        {"drop/å + ?",
         "formula 'drop/å + ?': expected a series such as ssb/07459{Region=0}, a number, a function or an "
         "opening bracket at character 10"},
        {"1 + drop/x{nr=}",
         "formula '1 + drop/x{nr=}': the series at character 5: selector 'drop/x{nr=}': expected a "
         "code at character 11 (like drop/status-report{nr=9})"},
    };
    for (const auto& mistake : mistakes)
        CHECK_THROWS_WITH(parse_formula(mistake.text), mistake.message);
    CHECK_THROWS_WITH(parse_formula(std::string(200, '(')), Catch::Matchers::Contains("no more than 50 brackets"));
    CHECK_THROWS_WITH(parse_formula(std::string(5000, '1')), Catch::Matchers::Contains("too long"));
}

TEST_CASE("a dataset may begin with a digit; what may be a number that something is divided by is one")
{
    const std::pair<const char*, const char*> texts[] = {
        {"127.0.0.1/07459{Region=0}", "127.0.0.1/07459{Region=0}"},
        {"3dse/x / 2", "3dse/x / 2"},
        {"12/07459{Region=0} + 1", "\"12/07459\"{Region=0} + 1"},
        {"100/ssb/07459{Region=0}", "100 / ssb/07459{Region=0}"},
        {"12/5", "12 / 5"},
        {"\"12/5\"", "\"12/5\""},
        {"sum(\"drop/mine tall\"{nr=1}, 1.5)", "sum(\"drop/mine tall\"{nr=1}, 1.5)"},
    };
    for (const auto& [text, written] : texts) {
        CHECK(parse_formula(text).text() == written);
        CHECK(parse_formula(written).text() == written);
    }
    CHECK(parse_formula("127.0.0.1/07459{Region=0}").plain()->dataset == "127.0.0.1/07459");
}

namespace {

/// A formula of random shape.
Formula random_formula(std::mt19937& random, int depth)
{
    using Kind = Formula::Kind;
    Formula formula;
    const auto pick = random() % (depth == 0 ? 3 : 14);
    const Kind kinds[] = {Kind::number,   Kind::series,   Kind::indicator, Kind::negate,  Kind::add,
                          Kind::subtract, Kind::multiply, Kind::divide,    Kind::sum,     Kind::mean,
                          Kind::share,    Kind::growth,   Kind::deflate,   Kind::previous};
    const std::size_t operands[] = {0, 0, 0, 1, 2, 2, 2, 2, 1 + random() % 3, 1 + random() % 3, 2, 1, 2, 1};
    formula.kind = kinds[pick];
    formula.number = Decimal(static_cast<std::int64_t>(random() % 1000), static_cast<int>(random() % 3));
    formula.selector = Selector::parse(random() % 2 == 0 ? "drop/x{nr=9}" : "ssb/07459{Region=0|1,\"a b\"=c}");
    formula.indicator = 1 + static_cast<int>(random() % 99);
    formula.base_year = 2018;
    for (std::size_t i = 0; i < operands[pick]; ++i)
        formula.operands.push_back(random_formula(random, depth - 1));
    return formula;
}

} // namespace

TEST_CASE("a formula that is written and read again is the same")
{
    std::mt19937 random(2026);
    for (int i = 0; i < 2000; ++i) {
        const auto text = random_formula(random, 4).text();
        CAPTURE(text);
        REQUIRE(parse_formula(text).text() == text);
    }
}

TEST_CASE("units are known by the words of both languages")
{
    const auto name = [](const char* unit) { return quantity_of(unit).name; };
    CHECK(name("MNOK fixed prices") == "kroner");
    CHECK(quantity_of("MNOK fixed prices").power == 6);
    CHECK(quantity_of("1 000 kr").power == 3);
    CHECK(quantity_of("1\u00A0000 kr").power == 3);
    CHECK(quantity_of("kr").power == 0);
    CHECK(name("Prosent") == "percent");
    CHECK(name("ÅRSVERK") == "man-years");
    CHECK(name("personer") == name("persons"));
    CHECK(name("NOK per inhabitant") == "");
    CHECK(name("antall") == "");
    CHECK(name("krukker") == "");
}

namespace {

/// What is wrong with a formula whose series have the units their datasets are named after.
std::string clash_in(const char* text, const char* unit, const char* price_base = "")
{
    const auto formula = parse_formula(text);
    auto wanted = quantity_of(unit);
    wanted.price_base = price_base;
    const auto clash = unit_clash(
        formula,
        [](const Formula& leaf) {
            const auto dataset = leaf.selector.dataset.substr(5);
            auto quantity = quantity_of(dataset == "million" ? "MNOK" : dataset == "thousand" ? "TNOK" : dataset);
            if (dataset == "kr2016" || dataset == "kr2018")
                quantity = {"kroner", 0, dataset.substr(2), false};
            return quantity;
        },
        wanted);
    return clash ? clash->words.en + " " + place_in(text, clash->at) : "";
}

} // namespace

TEST_CASE("units that do not fit are named, with their place")
{
    CHECK(clash_in("drop/percent + drop/million", "percent") == "kroner are not percent at character 16");
    CHECK(clash_in("sum(drop/deaths, drop/man-years)", "deaths") == "man-years are not deaths at character 18");
    CHECK(clash_in("drop/million + drop/thousand", "MNOK") ==
          "kroner in 10^3 are not kroner in 10^6: multiply by 1000 first at character 16");
    CHECK(clash_in("drop/million * 1000 + drop/thousand", "TNOK") == "");
    CHECK(clash_in("drop/kr2016 + drop/kr2018", "kr") ==
          "kroner of 2018 are not kroner of 2016: use deflate(…) at character 15");
    CHECK(clash_in("deflate(drop/kr2016, drop/index, base = 2018)", "kr", "2018") ==
          "the amount is in kroner of 2016 already at character 9");
    CHECK(clash_in("deflate(drop/kr, drop/index, base = 2018)", "kr", "2016") ==
          "kroner of 2018 are not kroner of 2016: use deflate(…) at character 1");
    CHECK(clash_in("deflate(drop/deaths, drop/index, base = 2018)", "kr") ==
          "deaths are not an amount at character 9");
    CHECK(clash_in("deflate(drop/kr, drop/deaths, base = 2018)", "kr") ==
          "deaths are no price index at character 18");
    CHECK(clash_in("share(drop/deaths, drop/persons)", "percent") == "persons are not deaths at character 20");
    CHECK(clash_in("share(drop/deaths, drop/deaths)", "deaths") == "percent are not deaths at character 1");
    CHECK(clash_in("growth(drop/kr)", "percent") == "");
    CHECK(clash_in("drop/deaths / drop/persons * 100000", "deaths per 100 000") == "");
    CHECK(clash_in("drop/kr / drop/kr", "ratio") == "");
    CHECK(clash_in("drop/kr / drop/kr", "percent") == "ratio are not percent at character 1");
    CHECK(clash_in("drop/deaths + 1", "deaths") == "");
    CHECK(clash_in("drop/unknown + drop/deaths", "deaths") == "");
    CHECK(clash_in("-drop/deaths", "persons") == "deaths are not persons at character 1");
}
