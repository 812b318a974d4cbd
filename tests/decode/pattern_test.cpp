#include "base/error.hpp"
#include "decode/pattern.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("a pattern finds its first group, or all it matched, trimmed")
{
    CHECK(Pattern("^År (\\d{4})$").find("År 2024") == "2024");
    CHECK(Pattern("\\d{4} ?").find("i 2024 ") == "2024");
    CHECK_FALSE(Pattern("^\\d{4}$").find("20245"));
    CHECK(Pattern("^(\\d+) (.*)$").groups("0301  Oslo ") == std::vector<std::string>{"0301", "Oslo"});
    CHECK(Pattern("(a)|(b)").groups("b") == std::vector<std::string>{"", "b"});
    CHECK(Pattern("b").groups("abc") == std::vector<std::string>{"b"});
    CHECK(Pattern("b").groups("").empty());
}

TEST_CASE("letters of several bytes are letters to a pattern")
{
    CHECK(Pattern("^(.)re$").find("øre") == "ø");
    CHECK(Pattern("^[æøå]s$").matches("ås"));
    CHECK_FALSE(Pattern("^[æøå]s$").matches("és"));
    const std::string long_text = std::string(Pattern::size_max - 1, 'a') + "ø";
    CHECK(Pattern("^(.*)$").find(long_text) == std::string(Pattern::size_max - 1, 'a')); // no half of the last one
}

TEST_CASE("a pattern that would take forever ends in an error that says so")
{
    const std::string text(Pattern::size_max, 'a');
    CHECK_THROWS_WITH(Pattern("(a*)*b").matches(text),
                      Catch::Contains("costs too much to compare with a regular expression"));
    CHECK_THROWS_AS(Pattern("^(a|a)*$b").matches(text), Error);
    CHECK(Pattern("^(a|b)*$").matches(text)); // not deep, however long
}

TEST_CASE("what the searches of one pattern cost together is bounded, as of one file")
{
    const Pattern pattern("^(a|aa)+$");
    const std::string text = std::string(22, 'a') + "b"; // some 30 000 steps, far from what one search may cost
    std::size_t searches = 0;
    const auto search_on = [&] {
        for (; searches < 100'000; ++searches)
            static_cast<void>(pattern.matches(text));
    };
    CHECK_THROWS_WITH(search_on(), Catch::Contains("costs too much"));
    CHECK(searches > 100);
    CHECK_FALSE(Pattern("^(a|aa)+$").matches(text));
}

TEST_CASE("a pattern of a job, which lives for years, is never used up")
{
    const Pattern pattern("^(a|aa)+$", Pattern::Bounded::each_search);
    const std::string text = std::string(22, 'a') + "b";
    for (int i = 0; i < 10'000; ++i)
        REQUIRE_FALSE(pattern.matches(text));
    CHECK_THROWS_WITH(Pattern("(a*)*b", Pattern::Bounded::each_search).matches(std::string(Pattern::size_max, 'a')),
                      Catch::Contains("costs too much"));
}

TEST_CASE("what is no regular expression is refused with the place, however deep it goes")
{
    CHECK_THROWS_WITH(Pattern("a("), "'a(' is not a regular expression: mismatched paren at character 2");
    CHECK_THROWS_WITH(Pattern("a\n("), Catch::StartsWith("'a ('"));
    CHECK_THROWS_AS(Pattern(std::string(100'000, '(')), Error);
    CHECK_THROWS_AS(Pattern(std::string(900, '(') + std::string(900, ')')), Error); // ICU's own limit is 100
    CHECK(Pattern(std::string(50, '(') + "a" + std::string(50, ')')).matches("a"));
    CHECK_THROWS_AS(Pattern("\\1"), Error);
}
