#include "base/exact.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

std::string text(const std::optional<Decimal>& number)
{
    return number ? number->text() : "does not fit";
}

} // namespace

TEST_CASE("a fraction is rounded half away from zero")
{
    CHECK(text(rounded(Exact(1, 4), 1)) == "0.3");
    CHECK(text(rounded(Exact(-1, 4), 1)) == "-0.3");
    CHECK(text(rounded(Exact(249, 1000), 1)) == "0.2");
    CHECK(text(rounded(Exact(-249, 1000), 1)) == "-0.2");
    CHECK(text(rounded(Exact(-100, 3), 8)) == "-33.33333333");
    CHECK(text(rounded(Exact(5, 2), 0)) == "3");
    CHECK(text(rounded(Exact(1, 1000000000), 8)) == "0.00000000");
}

TEST_CASE("a fraction that no decimal can hold gives nothing")
{
    CHECK(text(rounded(power(Exact(10), 18), 0)) == "1000000000000000000");
    CHECK(text(rounded(power(Exact(10), 18), 1)) == "does not fit");
    CHECK(text(rounded(-power(Exact(10), 30), 0)) == "does not fit");
}

TEST_CASE("a decimal becomes the same fraction")
{
    CHECK(exact(Decimal(-310, 2)) == Exact(-31, 10));
    CHECK(exact(Decimal(5, 30)) * power(Exact(10), 30) == 5);
}

TEST_CASE("powers of fractions are exact")
{
    CHECK(power(Exact(41, 40), 2) == Exact(1681, 1600));
    CHECK(power(Exact(-2, 3), 3) == Exact(-8, 27));
    CHECK(power(Exact(7), 0) == 1);
}

TEST_CASE("a root is rounded by its exact value")
{
    CHECK(text(rounded_root(Exact(2), 2, 8)) == "1.41421356");
    CHECK(text(rounded_root(Exact(2), 2, 18)) == "1.414213562373095049");
    CHECK(text(rounded_root(Exact(27, 8), 3, 4)) == "1.5000");
    CHECK(text(rounded_root(Exact(0), 5, 2)) == "0.00");
    CHECK(text(rounded_root(Exact(17, 3), 1, 2)) == "5.67");
    CHECK(text(rounded_root(Exact(1, 1000000), 2, 2)) == "0.00");
}

TEST_CASE("a root in the very middle goes where it is told")
{
    CHECK(text(rounded_root(Exact(9, 4), 2, 0, Tie::up)) == "2");
    CHECK(text(rounded_root(Exact(9, 4), 2, 0, Tie::down)) == "1");
    CHECK(text(rounded_root(Exact(2251, 1000), 2, 0, Tie::down)) == "2");
    CHECK(text(rounded_root(Exact(2249, 1000), 2, 0, Tie::up)) == "1");
}

TEST_CASE("the root of every power is found again")
{
    for (int degree = 1; degree <= 12; ++degree)
        for (int base = 0; base <= 60; ++base) {
            const Exact number(base, 4);
            const auto root = rounded_root(power(number, degree), degree, 2);
            REQUIRE(root);
            CHECK(exact(*root) == number);
        }
}

TEST_CASE("decimals are compared as whole numbers of one scale, whatever their size", "[base]")
{
    CHECK(whole(Decimal(-15, 1), 3) == -1500);
    CHECK(whole(Decimal(7, 0), 0) == 7);
    CHECK(whole(Decimal(INT64_MAX, 0), 18) > INT64_MAX);
    CHECK(whole(Decimal(INT64_MAX, 0), 18) / whole(Decimal(1, 0), 18) == INT64_MAX);
}
