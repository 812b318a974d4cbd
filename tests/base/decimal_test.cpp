#include "base/decimal.hpp"

#include "tests/support/catch.hpp"

#include <limits>

using skurd::Decimal;

TEST_CASE("a decimal gives back the digits it was read from")
{
    for (const std::string text : {"0", "-1", "3.10", "-0.05", "0.000000000000000000000001", "123456789012345678",
                                   "9223372036854775807", "2.2000000000000002"}) {
        const auto read = Decimal::parse(text);
        REQUIRE(read);
        CHECK(read->text() == text);
    }
}

TEST_CASE("exponents are resolved into digits")
{
    CHECK(Decimal::parse("600000e-6")->text() == "0.600000");
    CHECK(Decimal::parse("5e3")->text() == "5000");
    CHECK(Decimal::parse("1.25E+1")->text() == "12.5");
    CHECK(Decimal::parse("0e500")->text() == "0");
}

TEST_CASE("what is not a decimal that fits is refused")
{
    for (const auto* text : {"", "-", ".", "1,5", "1.2.3", "12a", " 1", "nan", "inf", "0x10", "1e", "1e999", "1e-40",
                             "9223372036854775808", "12345678901234567890"})
        CHECK_FALSE(Decimal::parse(text));
}

TEST_CASE("decimals compare by value, whatever their scales")
{
    CHECK(*Decimal::parse("4.5") == *Decimal::parse("4.50"));
    CHECK(*Decimal::parse("-0.0") == *Decimal::parse("0"));
    CHECK(*Decimal::parse("3.9") < *Decimal::parse("4"));
    CHECK(*Decimal::parse("-3.9") > *Decimal::parse("-4"));
    const Decimal huge(std::numeric_limits<std::int64_t>::max(), 0);
    const Decimal tiny(std::numeric_limits<std::int64_t>::max(), 30);
    CHECK(tiny < huge);
    CHECK(huge > tiny);
    CHECK(Decimal(-1, 0) < tiny);
    CHECK(Decimal(0, 30) == Decimal(0, 0));
    CHECK(Decimal(1, 0) > Decimal(std::numeric_limits<std::int64_t>::min(), 30));
}

TEST_CASE("normalising drops trailing zeros after the point only")
{
    CHECK(Decimal::parse("4.500")->normalised().text() == "4.5");
    CHECK(Decimal::parse("100")->normalised().text() == "100");
    CHECK(Decimal(std::numeric_limits<std::int64_t>::min(), 2).text() == "-92233720368547758.08");
    CHECK(Decimal(std::numeric_limits<std::int64_t>::max(), 30).text() == "0.000000000009223372036854775807");
    CHECK(Decimal(-1, 3).text() == "-0.001");
}
