#include "model/vintage.hpp"

#include "base/error.hpp"
#include "tests/support/catch.hpp"

using skurd::Selector;

TEST_CASE("selectors read back as written")
{
    for (const auto* text :
         {"ssb/07459", "drop/status-report{nr=9}", "ssb/07459{Region=0|0301,Tid=2020}", R"(x/y{"a b"="c,d"})"})
        CHECK(Selector::parse(text).text() == text);
    CHECK(Selector::parse(" a/b { nr = 9 , y = 1 | 2 } ").text() == "a/b{nr=9,y=1|2}");
}

TEST_CASE("a wrong selector is refused with the place")
{
    using Catch::Matchers::Contains;
    CHECK_THROWS_WITH(Selector::parse(""), Contains("expected a dataset"));
    CHECK_THROWS_WITH(Selector::parse("a{nr=9"), Contains("expected '}' at character 7"));
    CHECK_THROWS_WITH(Selector::parse("a{nr}"), Contains("expected '='"));
    CHECK_THROWS_WITH(Selector::parse("a{nr=}"), Contains("expected a code"));
    CHECK_THROWS_WITH(Selector::parse("a{nr=9,nr=10}"), Contains("another dimension than 'nr' (write nr=a|b"));
    CHECK_THROWS_WITH(Selector::parse("a{nr=9}x"), Contains("expected nothing more"));
}
