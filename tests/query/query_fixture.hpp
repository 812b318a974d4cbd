#pragma once

#include "indicator/formula.hpp"
#include "model/indicator.hpp"
#include "tests/store/store_fixture.hpp"

#include <string>

namespace skurd::test {

/// An indicator with one definition, whose numbers should go down.
inline Indicator indicator_of(int number, const std::string& formula)
{
    Indicator indicator;
    indicator.number = number;
    indicator.label = {"Navn", "Name"};
    indicator.part = "goal 1";
    indicator.source = "Kilden";
    indicator.kind = IndicatorKind::number;
    indicator.direction = Direction::down;
    indicator.baseline = Period::year(2016);
    Definition definition;
    definition.id = 1;
    definition.formula = parse_formula(formula);
    indicator.definitions = {definition};
    return indicator;
}

/// A store with two releases of drop/table, of which the second revises, and a catalogue of two indicators: 9 is the
/// series nr=1, 10 the sum of both series.
struct QueryFixture : StoreFixture {
    Catalogue catalogue;

    QueryFixture()
    {
        catalogue.hash = "the catalogue";
        catalogue.indicators = {indicator_of(9, "drop/table{nr=1}"),
                                indicator_of(10, "drop/table{nr=1} + drop/table{nr=2}")};
        accept(release_of({"2016", "2017"}, {{"1", {"10", "20"}}, {"2", {"1", "2"}}}), "2018-01-01");
        accept(release_of({"2016", "2017"}, {{"1", {"10", "5"}}, {"2", {"1", "2"}}}), "2019-01-01");
    }
};

} // namespace skurd::test
