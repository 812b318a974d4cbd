#include "base/error.hpp"
#include "store/numbers.hpp"
#include "store/observation_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

#include <random>

using namespace skurd;
using namespace skurd::test;

TEST_CASE("the store gives back exactly the decimal that came in", "[store]")
{
    const std::vector<std::string> texts = {
        "0",
        "0.0",
        "-0.5",
        "4.50",
        "0.000001",
        "284",
        "-3.10",
        "0.1",
        "999999999999999",
        "1000000000000000",
        "0.123456789012345",
        "123456789012345.678",
        "123456789012345678",
        "-999999999999999999",
        "9007199254740993",
        "9223372036854775807",
        "-9223372036854775807",
        "123456789012345000",
        "123456789012345.000",
        "0.0000000000000000000001",
        "0.00000000000000000000001",
        "0.000000000000000000000000000001",
    };
    std::vector<std::string> periods;
    for (std::size_t i = 0; i < texts.size(); ++i)
        periods.push_back(std::to_string(2000 + i));

    StoreFixture fixture;
    fixture.accept(release_of(periods, {{"1", texts}}), "2019-01-01");
    const auto found = ObservationStore(fixture.store).as_of(Selector::parse("drop/table"), {});

    std::vector<std::string> read;
    read.reserve(found.size());
    for (const auto& observation : found)
        read.push_back(observation.value.number.value().text());
    CHECK(read == texts);
}

TEST_CASE("a number is kept as text only where 15 digits of a double do not carry it", "[store]")
{
    struct {
        const char* number;
        const char* text;
    } const rows[] = {
        {"4.50", ""},
        {"0.000001", ""},
        {"999999999999999", ""},
        {"-0.999999999999999", ""},
        {"1234567890123456", "1234567890123456"},
        {"123456789.0123456789", "123456789.0123456789"},
    };
    for (const auto& row : rows) {
        const auto stored = to_stored(Decimal::parse(row.number).value());
        CHECK(stored.text == row.text);
        CHECK(std::abs(stored.value - std::stod(row.number)) <= 1e-15 * std::abs(stored.value));
    }
}

TEST_CASE("every decimal of up to 15 digits survives the way through a double", "[store]")
{
    std::mt19937_64 random(20191101);
    int lost = 0;
    for (int i = 0; i < 200'000; ++i) {
        auto mantissa = static_cast<std::int64_t>(random() % 1'000'000'000'000'000);
        for (auto cut = random() % 15; cut > 0; --cut)
            mantissa /= 10;
        const Decimal number(random() % 2 == 0 ? mantissa : -mantissa, static_cast<int>(random() % 23));
        const auto stored = to_stored(number);
        const auto read = from_stored(stored.value, stored.decimals, stored.text);
        lost += read.mantissa() == number.mantissa() && read.scale() == number.scale() && stored.text.empty() ? 0 : 1;
    }
    CHECK(lost == 0);
}

TEST_CASE("columns that hold no number of ours are refused", "[store]")
{
    CHECK_THROWS_AS(from_stored(1.0, 23, ""), Error);
    CHECK_THROWS_AS(from_stored(1.0, -1, ""), Error);
    CHECK_THROWS_AS(from_stored(1e300, 2, ""), Error);
    CHECK_THROWS_AS(from_stored(1.0, 0, "1,5"), Error);
}
