#include "base/number_text.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("numbers are written as each language does")
{
    const struct {
        const char* number;
        const char* nb;
        const char* en;
    } rows[] = {
        {"0", "0", "0"},
        {"3.90", "3,90", "3.90"},
        {"-3.1", "−3,1", "−3.1"},
        {"4726", "4726", "4726"},
        {"13936", "13\u00a0936", "13,936"},
        {"105000", "105\u00a0000", "105,000"},
        {"-1234567.5", "−1\u00a0234\u00a0567,5", "−1,234,567.5"},
    };
    for (const auto& row : rows) {
        CHECK(number_text(Decimal::parse(row.number).value(), Language::nb) == row.nb);
        CHECK(number_text(Decimal::parse(row.number).value(), Language::en) == row.en);
    }
}

TEST_CASE("a change carries its sign, and zero has none")
{
    CHECK(signed_text(Decimal(7, 1), Language::nb) == "+0,7");
    CHECK(signed_text(Decimal(-130, 1), Language::en) == "−13.0");
    CHECK(signed_text(Decimal(0, 1), Language::nb) == "0,0");
}
