// Releases that look like a slip of the source are refused, and ingested when a person agrees.
#include "store/vintage_store.hpp"
#include "tests/store/store_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;
using namespace skurd::test;
using Catch::Matchers::Contains;

namespace {

using Rows = std::map<std::string, std::vector<std::string>>;

const Rows known = {{"1", {"10", "11"}}, {"2", {"20", "21"}}, {"3", {"30", "0"}}};

/// What a release with these rows, after one of the known, is refused for; "" when it is taken in.
std::string refusal(const Rows& rows, const std::vector<std::string>& periods = {"2016", "2017"},
                    Coverage coverage = Coverage::complete_selection, const Rows& before = known)
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, before, Coverage::complete_selection), "2018-01-01");
    try {
        fixture.accept(release_of(periods, rows, coverage), "2019-01-01");
    } catch (const AnomalousRelease& suspect) {
        return suspect.what();
    }
    return "";
}

} // namespace

TEST_CASE("a release in which nearly everything became zero, missing, or ten times another number is refused",
          "[store][suspicion]")
{
    const auto zero = refusal({{"1", {"0", "0"}}, {"2", {"0", "0.0"}}, {"3", {"0", "0"}}});
    const auto missing = refusal({{"1", {":", ":"}}, {"2", {":", "missing"}}, {"3", {":", ":"}}});
    const auto larger = refusal({{"1", {"100", "112"}}, {"2", {"204", "207"}}, {"3", {"302", "0"}}});
    const auto smaller = refusal({{"1", {"1.0", "1.1"}}, {"2", {"2.1", "2.0"}}, {"3", {"0.03", "0"}}});

    CHECK_THAT(zero, Contains("5 of 5 numbers that were known became zero") && Contains("--accept-suspect"));
    CHECK_THAT(missing, Contains("6 of 6 numbers that were known are missing now"));
    CHECK_THAT(larger, Contains("5 of 5 numbers that were known are about ten times larger"));
    CHECK_THAT(smaller, Contains("5 of 5 numbers that were known are about ten times smaller"));
}

TEST_CASE("new periods that are nearly all zero or ten times what was known of their series are refused",
          "[store][suspicion]")
{
    const std::vector<std::string> periods = {"2016", "2017", "2018"};
    const auto zero =
        refusal({{"1", {"10", "11", "0"}}, {"2", {"20", "21", "0"}}, {"3", {"30", "5", "0"}}}, periods,
                Coverage::complete_selection, {{"1", {"10", "11"}}, {"2", {"20", "21"}}, {"3", {"30", "5"}}});
    const auto thousands =
        refusal({{"1", {"10", "11", "12000"}}, {"2", {"20", "21", "22000"}}, {"3", {"30", "5", "6000"}}}, periods,
                Coverage::complete_selection, {{"1", {"10", "11"}}, {"2", {"20", "21"}}, {"3", {"30", "5"}}});

    CHECK_THAT(zero, Contains("3 of 3 new numbers") && Contains("became zero"));
    CHECK_THAT(thousands, Contains("3 of 3 new numbers") && Contains("ten times larger"));
}

TEST_CASE("a complete release with less than half of the cells is refused; of a partial one silence says nothing",
          "[store][suspicion]")
{
    const Rows less = {{"1", {"10", "11"}}};
    CHECK_THAT(refusal(less), Contains("it has 2 cells, and the one before it had 6"));
    CHECK(refusal(less, {"2016", "2017"}, Coverage::partial).empty());
    CHECK(refusal({{"1", {"10", "11"}}, {"2", {"20", "21"}}}).empty()); // two thirds
}

TEST_CASE("ordinary news is not suspicious: revisions, new periods, zeros and gaps among numbers",
          "[store][suspicion]")
{
    const std::vector<std::string> periods = {"2016", "2017", "2018"};
    CHECK(
        refusal({{"1", {"0", "0"}}, {"2", {"0", "0"}}, {"3", {"31", "0"}}}).empty()); // one of five is a number still
    CHECK(refusal({{"1", {"80", "89"}}, {"2", {"170", "160"}}, {"3", {"260", "0"}}}).empty()); // eight times
    CHECK(refusal({{"1", {"10", "11", ":"}}, {"2", {"20", "21", ":"}}, {"3", {"30", "0", ":"}}}, periods).empty());
    CHECK(refusal({{"1", {"-10", "-11"}}, {"2", {"-20", "-21"}}, {"3", {"-30", "0"}}}).empty());
}

TEST_CASE("an operator takes a suspicious release in, and nothing of it is left behind before", "[store][suspicion]")
{
    StoreFixture fixture;
    fixture.accept(release_of({"2016", "2017"}, known, Coverage::complete_selection), "2018-01-01");
    const auto zero = release_of({"2016", "2017"}, {{"1", {"0", "0"}}, {"2", {"0", "0"}}, {"3", {"0", "0"}}},
                                 Coverage::complete_selection);
    const auto before = fixture.read();
    CHECK_THROWS_AS(fixture.accept(zero, "2019-01-01"), AnomalousRelease);
    const auto refused = fixture.read();
    IngestRules rules;
    rules.agreement.anomalies = true;
    const auto accepted = VintageStore(fixture.store)
                              .ingest(zero, published("2019-01-01"), Origin::drop, fixture.new_payload(), 0, rules);

    CHECK(refused == before);
    CHECK(accepted.counts.revised == 5);
    CHECK(VintageStore(fixture.store).list("drop/table").size() == 2);
}

TEST_CASE("new numbers before the first known period of their series are held against it", "[store][suspicion]")
{
    const auto thousands =
        refusal({{"1", {"9000", "10", "11"}}, {"2", {"19000", "20", "21"}}, {"3", {"29000", "30", "5"}}},
                {"2015", "2016", "2017"}, Coverage::complete_selection,
                {{"1", {"10", "11"}}, {"2", {"20", "21"}}, {"3", {"30", "5"}}});
    CHECK_THAT(thousands, Contains("3 of 3 new numbers") && Contains("ten times larger"));
}
