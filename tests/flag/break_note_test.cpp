#include "flag/break_note.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("a source's note speaks of a break in either language, or does not")
{
    for (const char* note : {"Det er brudd i tidsserien mellom 2014 og 2015.", "Tidsseriebrudd i 2015",
                             "There is a break in the time series in 2015.", "BREAK IN TIME SERIES",
                             "Brot i tidsserien", "Brudd i statistikken fra 2009"})
        CHECK(speaks_of_break(note));
    for (const char* note : {"", "Lovbrudd er talt en gang", "A breakdown by age is in table 2",
                             "Tidsserien går tilbake til 1986", "Avbrudd i behandlingen"})
        CHECK_FALSE(speaks_of_break(note));
}

TEST_CASE("a note that denies a break speaks of none, and one that denies something else does")
{
    for (const char* note :
         {"Det er ingen brudd i tidsserien.", "Ikke brudd i tidsserien", "Ingen kjente brudd i serien",
          "Ikke noe tidsseriebrudd i 2015", "There is no break in the time series.", "This is not a break in series",
          "Det er ikkje brot i tidsserien", "Tall uten brudd i tidsserien"})
        CHECK_FALSE(speaks_of_break(note));
    for (const char* note :
         {"Ingen brudd i tidsserien før 2015. Brudd i tidsserien i 2015.",
          "Tallene er ikke sammenlignbare: brudd i tidsserien", "Not comparable, break in the time series",
          "Tallene kan ikke sammenlignes på grunn av brudd i tidsserien"})
        CHECK(speaks_of_break(note));
}

TEST_CASE("a note tells the year of a break when it speaks of one and names one year")
{
    CHECK(break_year("Brudd i tidsserien i 2015.") == 2015);
    CHECK(break_year("Break in the time series from 2015 on; 2015 was counted anew") == 2015);
    CHECK_FALSE(break_year("Brudd i tidsserien mellom 2015 og 2016."));
    CHECK_FALSE(break_year("Brudd i tidsserien."));
    CHECK_FALSE(break_year("Det er ingen brudd i tidsserien i 2015."));
    CHECK_FALSE(break_year("There is no break in the time series in 2015."));
    CHECK_FALSE(break_year("Tallene for 2015 er rettet."));
    CHECK_FALSE(break_year("Brudd i tidsserien, tabell 12015."));
}
