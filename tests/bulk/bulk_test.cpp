#include "tests/bulk/bulk.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

TEST_CASE("the bulk check tells refused files, those with findings, and those that are proved, with their numbers",
          "[bulk]")
{
    BulkCount count;
    const auto proved = describe_one("Region;2016;2017\nBø;1;2\nÅs;3;4\n", "a.csv");
    const auto doubted = describe_one("Region;Antall\nBø;1\nÅs;3\n", "b.csv");
    const auto refused = describe_one("<html>", "c.csv");
    for (const auto& file : {proved, doubted, refused})
        count.add(file);

    CHECK(proved.reason == "");
    CHECK(doubted.reason == "no period is found: say in 'period' what the file is about");
    CHECK(refused.reason == "this is an HTML page, not a CSV file");
    CHECK(count.text() == "refused        1 files         0 numbers\n"
                          "findings       1 files         2 numbers; 1 decode\n"
                          "proved         1 files         4 numbers\n");
}
