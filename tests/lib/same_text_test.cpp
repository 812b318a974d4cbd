#include "lib/icu/same_text.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("texts that look the same are the same text", "[icu]")
{
    CHECK(same_text("A\u030as") == "\u00c5s");
    CHECK(same_text("\u212b") == "\u00c5"); // the sign of the unit
    CHECK(same_text("03\u200b01\ufeff") == "0301");
    CHECK(same_text("Oslo\u00ad") == "Oslo");
    CHECK(same_text("a\u00a0b") == "a\u00a0b");
    CHECK(same_words("Hele\u00a0landet \u202f1\u20092") == "Hele landet  1 2");
    CHECK(same_text("km\u00b2") == "km\u00b2"); // a superscript is no digit
    CHECK(same_text("\xc3") == "\xc3");
    CHECK(same_text("") == "");
}
