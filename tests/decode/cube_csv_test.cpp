#include "decode/csv/cube_csv.hpp"

#include "decode/jsonstat/jsonstat.hpp"
#include "tests/decode/small_dataset.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

std::string csv_of(const std::string& json)
{
    std::string csv;
    for (const auto& cube : decode_jsonstat(json))
        write_cube_csv(cube, csv);
    return csv;
}

} // namespace

TEST_CASE("a cube is printed as one line per cell, in its order, with the source's digits")
{
    CHECK(csv_of(test::small_dataset) == "Region,Tid,value,status\n"
                                         "0301,2022,12.50,\n"
                                         "0301,2023,7,\n"
                                         "0,2022,-0.3,\n"
                                         "0,2023,,..\n");
}

TEST_CASE("a description is printed as a header alone")
{
    CHECK(csv_of(R"({"class":"dataset","id":["A"],"size":[1],"dimension":{"A":{"category":{"index":["x"]}}}})") ==
          "A,value,status\n");
}

TEST_CASE("CSV fields are quoted only where they must be")
{
    const auto csv = csv_of(R"({"class":"dataset","id":["a,b","c"],"size":[3,1],"value":[1,",",null],
        "dimension":{"a,b":{"category":{"index":["x","say \"hi\"","line\nend"]}},
                     "c":{"category":{"index":["blå ; høne"]}}}})");
    CHECK(csv == "\"a,b\",c,value,status\n"
                 "x,blå ; høne,1,\n"
                 "\"say \"\"hi\"\"\",blå ; høne,,\",\"\n"
                 "\"line\nend\",blå ; høne,,\n");
}
