#include "base/csv_writer.hpp"
#include "decode/csv/long_csv.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "decode/csv/cube_csv.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

std::string failure_of(const std::string& bytes, const LongCsvLimits& limits = {})
{
    try {
        decode_long_csv(bytes, limits);
    } catch (const Error& failure) {
        return failure.what();
    }
    return "";
}

std::string rewritten(const std::string& bytes)
{
    std::string out;
    write_cube_csv(decode_long_csv(bytes), out);
    return out;
}

} // namespace

TEST_CASE("long CSV becomes a cube, and the cube the same CSV", "[decode]")
{
    const std::string csv = "region,\"kjønn, samlet\",period,value,status\n"
                            "0301,1,2020,1.50,\n"
                            "0301,1,2021,,:\n"
                            "0301,2,2020,-3,f\n"
                            "0301,2,2021,,\n";
    const auto cube = decode_long_csv("\xef\xbb\xbf" + csv);
    REQUIRE(cube.dimensions.size() == 3);
    CHECK(cube.dimensions[1].id == "kjønn, samlet");
    CHECK(cube.dimensions[2].role == Role::time);
    CHECK(cube.cells[0].number()->text() == "1.50");
    CHECK(cube.cells[1].state == Cell::State::missing);
    CHECK(cube.symbols[cube.cells[1].symbol] == ":");
    CHECK(cube.symbols[cube.cells[2].symbol] == "f");
    CHECK(rewritten(csv) == csv);
}

TEST_CASE("a combination without a line is absent, not missing", "[decode]")
{
    const auto cube = decode_long_csv("value,period,a\r\n1,2020,x\r\n2,2021,y\r\n");
    REQUIRE(cube.cells.size() == 4);
    CHECK(cube.dimensions[0].id == "a");
    CHECK(cube.cells[0].has_number());
    CHECK(cube.cells[1].state == Cell::State::absent);
    CHECK(cube.cells[2].state == Cell::State::absent);
    CHECK(cube.cells[3].has_number());
}

TEST_CASE("long CSV that is not as it should be is refused with its line", "[decode]")
{
    CHECK(failure_of("") == "the file is empty");
    CHECK(failure_of("<!DOCTYPE html>") == "this is HTML or XML, not CSV");
    CHECK(failure_of("a,period,value\n") == "no lines follow the header");
    CHECK(failure_of("a,value\nx,1\n") == "line 1: no column 'period'; there are: a, value");
    CHECK(failure_of("a;period;value\nx;2020;1\n") == "line 1: no column 'period'; there are: a;period;value");
    CHECK(failure_of("a,period,Value\nx,2020,1\n") == "line 1: no column 'value'; there are: a, period, Value");
    CHECK(failure_of("period,value\n2020,1\n") == "line 1: no column says which series a line belongs to");
    CHECK(failure_of("a,a,period,value\n") == "line 1: the column 'a' is there twice");
    CHECK(failure_of("a,,period,value\n") == "line 1: column 2 has no name");
    CHECK(failure_of("a,period,value\nx,2020\n") == "line 2: 2 fields, but the header has 3 columns");
    CHECK(failure_of("a,period,value\nx,2020,1\n\n") == "");
    CHECK(failure_of("a,period,value\nx,2020,1\n,,\n") ==
          "line 3, column 'a': an empty cell where a code or period is to be");
    CHECK(failure_of("a,period,value\nx,,1\n") ==
          "line 2, column 'period': an empty cell where a code or period is to be");
    CHECK(failure_of("a,period,value\nx,2020,1\nx,2021,2\nx,2020,1\n") == "line 4: the same cell as in line 2");
    for (const auto* number : {"1,5", "ca. 40", "1 000", "NaN", "0x10", " 1", "1%"}) {
        const auto quoted = CsvWriter().made(number);
        CHECK(failure_of("a,period,value\nx,2020," + quoted + "\n") ==
              std::string("line 2, column 'value': '") + number + "' is not a number with a decimal point");
    }
    CHECK(failure_of("a,period,value\nx,2020,\xff\n").find("utf-8") != std::string::npos);
}

TEST_CASE("long CSV has limits, checked before memory is taken", "[decode]")
{
    std::string diagonal = "a,b,period,value\n";
    for (int i = 0; i < 300; ++i)
        diagonal += fmt::format("a{0},b{0},{0},1\n", i);
    CHECK(failure_of(diagonal).starts_with("the columns multiply to 27000000 cells, and "));
    CHECK(failure_of("a,period,value\nx,2020,1\n", {10, 100}) == "24 bytes of CSV; 10 are allowed");
}
