// Formulas that name what no job gives and nobody ever fetched.
#include "indicator/selector_check.hpp"

#include "indicator/formula.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Catalogue reading(const std::vector<const char*>& formulas)
{
    Catalogue catalogue;
    int number = 1;
    for (const auto* formula : formulas) {
        Indicator indicator;
        indicator.number = number++;
        Definition definition;
        definition.id = 1;
        definition.formula = parse_formula(formula);
        definition.where = "own.toml:7";
        indicator.definitions.push_back(definition);
        catalogue.indicators.push_back(indicator);
    }
    return catalogue;
}

/// A job that selects two regions and leaves the sexes to the source.
const DatasetOffer job = {"ssb/07459", {{"Region", {{"0", "0301"}, false}}, {"Kjonn", {{}, true}}}, false};
const DatasetOffer fetched = {
    "ssb/07459", {{"Region", {{"0", "1103"}, false}}, {"Kjonn", {{"1", "2"}, false}}}, false};

std::vector<std::string> mistakes(const char* formula, const std::vector<DatasetOffer>& jobs,
                                  const std::vector<DatasetOffer>& stored = {})
{
    return unknown_selectors(reading({formula}), jobs, stored);
}

} // namespace

TEST_CASE("what a job can give is no mistake though nobody has fetched it yet", "[indicator]")
{
    CHECK(mistakes("ssb/07459{Region=0301,Kjonn=9}", {job}).empty());
    CHECK(mistakes("dfo/x{any=1}", {{"dfo/x", {}, true}}).empty());
}

TEST_CASE("a dataset, a dimension or a code that nothing can give is a mistake with its place", "[indicator]")
{
    CHECK(mistakes("ssb/07549", {job}) ==
          std::vector<std::string>{"own.toml:7: indicator 1: the formula reads dataset ssb/07549, which no job gives "
                                   "and no store has (did you mean 'ssb/07459'?)"});
    CHECK(mistakes("ssb/07459{Regon=0}", {job}) ==
          std::vector<std::string>{"own.toml:7: indicator 1: the formula reads ssb/07459{Regon=0}: ssb/07459 has no "
                                   "dimension 'Regon' (did you mean 'Region'?)"});
    CHECK(mistakes("ssb/07459{Region=0303}", {job}) ==
          std::vector<std::string>{"own.toml:7: indicator 1: the formula reads ssb/07459{Region=0303}: ssb/07459 has "
                                   "no code '0303' in Region (did you mean '0301'?)"});
    CHECK(mistakes("sum(ssb/07459{Region=0|4})", {job}).size() == 1);
}

TEST_CASE("once a dataset was fetched its schema tells which codes there are", "[indicator]")
{
    CHECK(mistakes("ssb/07459{Kjonn=9}", {job}, {fetched}).size() == 1);
    CHECK(mistakes("ssb/07459{Region=0301,Kjonn=1}", {job}, {fetched}).empty()); // the job names it
    CHECK(mistakes("ssb/07459{Region=1103}", {job}, {fetched}).empty());         // the store has it from before
    CHECK(mistakes("ssb/07459{Region=1103}", {}, {fetched}).empty());
}

TEST_CASE("a dataset that nobody gives is told of once, whoever reads it", "[indicator]")
{
    CHECK(
        unknown_selectors(reading({"drop/x{nr=1}", "drop/x{nr=2}", "drop/x{nr=3}"}), {job}, {}) ==
        std::vector<std::string>{"own.toml:7: indicator 1 and 2 more: the formula reads dataset drop/x, which no job "
                                 "gives and no store has"});
}

TEST_CASE("a template is looked at for all that it stands for", "[indicator]")
{
    auto catalogue = reading({"ssb/07459{Region=*,Kjnn=1}"});
    catalogue.templates.push_back({catalogue.indicators.front(), "Region", {}});
    catalogue.indicators.front().expansion = Expansion{};
    const auto found = unknown_selectors(catalogue, {job}, {});
    REQUIRE(found.size() == 1);
    CHECK_THAT(found[0], Catch::Contains("has no dimension 'Kjnn'"));
}
