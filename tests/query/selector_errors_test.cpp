#include "query/indicators.hpp"
#include "store/dataset_schema_store.hpp"
#include "tests/query/query_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;

namespace {

/// The table is fetched without its second number by now.
struct Fetched : QueryFixture {
    Fetched()
    {
        DatasetSchema schema;
        schema.dimensions = {Dimension{"nr", "Number", Role::none, {{"1", "Row 1", "", {}}}, {}}};
        DatasetSchemaStore(store).store("drop/table", schema, 0);
    }

    std::vector<std::string> errors(const std::string& formula)
    {
        catalogue.indicators = {indicator_of(9, formula)};
        return selector_errors(&store, catalogue, {});
    }
};

} // namespace

TEST_CASE("a slip in one of several codes is told of, though the store has the others", "[query]")
{
    Fetched here;
    const auto errors = here.errors("sum(drop/table{nr=1|9})");
    REQUIRE(errors.size() == 1);
    CHECK_THAT(errors[0], Catch::Contains("drop/table has no code '9' in nr"));
}

TEST_CASE("what a dataset once had is no slip", "[query]")
{
    Fetched here;
    CHECK(here.errors("sum(drop/table{nr=1|2})").empty());
}

TEST_CASE("a dataset that is near to one that nobody reads is told of with its name", "[query]")
{
    Fetched here;
    const auto errors = here.errors("drop/tabel{nr=1}");
    REQUIRE(errors.size() == 1);
    CHECK_THAT(errors[0], Catch::Contains("did you mean 'drop/table'?"));
}
