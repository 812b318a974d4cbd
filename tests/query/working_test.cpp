#include "query/working.hpp"

#include "store/annotation_store.hpp"
#include "tests/query/query_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("a working has values, verdicts, and what the same verdicts were on earlier figures", "[query]")
{
    const QueryFixture here;
    const auto& indicator = here.catalogue.indicators[0];
    const auto working = indicator_working(here.store, here.catalogue, indicator, {}, Numbers::published);
    CHECK(working.indicator == &indicator);
    CHECK(working.catalogue_hash == "the catalogue");
    CHECK(working.series.values.size() == 2);
    CHECK(working.vintages.size() == 2);
    REQUIRE_FALSE(working.verdicts.empty());
    CHECK(working.verdicts.front().outcome == Outcome::improved); // 10 -> 5, and down is good
    REQUIRE_FALSE(working.earlier.empty());
    CHECK(working.earlier.front().published == at("2018-01-01"));
    CHECK(working.earlier.front().verdict.outcome == Outcome::worsened); // 10 -> 20
}

TEST_CASE("a working as of an earlier day knows nothing of later releases", "[query]")
{
    const QueryFixture here;
    const auto working = indicator_working(here.store, here.catalogue, here.catalogue.indicators[1],
                                           {at("2018-06-01"), {}}, Numbers::published);
    CHECK(working.series.values.at(Period::year(2017)).value.number->text() == "22");
    CHECK(working.series.values.at(Period::year(2017)).inputs.size() == 2);
    for (const auto& earlier : working.earlier)
        CHECK(earlier.published <= at("2018-06-01"));
}

TEST_CASE("a working has what people said of the series it is made from, and of no others", "[query]")
{
    QueryFixture here;
    Annotation annotation;
    annotation.actor = "Kari";
    annotation.period = Period::year(2017);
    for (const auto* series : {"drop/table{nr=1}", "drop/table{nr=2}"}) {
        annotation.text = series;
        AnnotationStore(here.store).add(Selector::parse(series), annotation);
    }
    const auto texts = [&](int index) {
        std::string all;
        const auto working = indicator_working(here.store, here.catalogue, here.catalogue.indicators.at(index), {},
                                               Numbers::published);
        for (const auto& one : working.annotations)
            all += one.text + ";";
        return all;
    };
    CHECK(texts(0) == "drop/table{nr=1};");
    CHECK(texts(1) == "drop/table{nr=1};drop/table{nr=2};");
}
