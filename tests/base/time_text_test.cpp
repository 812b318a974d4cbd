#include "base/time_text.hpp"

#include "tests/support/catch.hpp"

using namespace skurd;

TEST_CASE("instants are read in the forms the sources write")
{
    const auto read = [](const char* text) { return format_time(parse_time(text).value()); };
    CHECK(read("2018-06-01") == "2018-06-01T00:00:00Z");
    CHECK(read("2025-02-25T07:00:00Z") == "2025-02-25T07:00:00Z");
    CHECK(read("2022-12-20T11:44:58.7706326+00:00") == "2022-12-20T11:44:58Z");
    CHECK(read("2024-03-01T00:30:00+01:00") == "2024-02-29T23:30:00Z");
    CHECK(read("2024-03-01 08:00") == "2024-03-01T08:00:00Z");
    CHECK(format_time(parse_time("2018-06-01", DayEdge::end).value()) == "2018-06-01T23:59:59Z");
    CHECK(format_date(parse_time("1969-12-31T23:00:00Z").value()) == "1969-12-31");
}

TEST_CASE("what is not an instant is refused")
{
    for (const auto* text : {"", "2018", "2018-13-01", "2018-02-29", "2018-06-01T25:00", "2018-06-01T10:00:00.",
                             "2018-06-01T10:00+1", "2018-06-01x", "yesterday"})
        CHECK_FALSE(parse_time(text));
}

TEST_CASE("an instant keeps a year of four digits, whatever its offset", "[base]")
{
    for (const auto* text : {"9999-12-31T23:59:59-01:00", "1000-01-01T00:00:00+01:00", "0999-12-31", "0000-01-01",
                             "0001-01-01T00:00:00Z"})
        CHECK_FALSE(parse_time(text));
    CHECK(format_time(parse_time("9999-12-31", DayEdge::end).value()) == "9999-12-31T23:59:59Z");
    CHECK(format_time(parse_time("9999-12-31T23:59:59+01:00").value()) == "9999-12-31T22:59:59Z");
    CHECK(format_time(parse_time("1000-01-01").value()) == "1000-01-01T00:00:00Z");
}
