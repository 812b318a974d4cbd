// SDMX-CSV: what stands in its columns, and what ids and periods become.
#include "report/sdmx_csv.hpp"

#include "base/error.hpp"
#include "base/time_text.hpp"
#include "report/sdmx_words.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

ObservationRow sdmx_row(const std::string& region, const std::string& period, Value value)
{
    ObservationRow row;
    row.observation.dataset = "ssb/07459";
    row.observation.codes = {{"Region", region}, {"TIME_PERIOD", "x"}};
    row.observation.unit = "persons, all";
    row.observation.period = Period::parse(period).value();
    row.observation.value = std::move(value);
    row.observation.vintage = 7;
    row.observation.published_at = parse_time("2024-02-21T07:00:00Z").value();
    row.observation.observed_at = parse_time("2024-02-21T07:05:00Z").value();
    return row;
}

} // namespace

TEST_CASE("SDMX-CSV has a column for each dimension, and what symbols mean", "[report]")
{
    SdmxCsv csv("ssb/07459", {"Region", "TIME_PERIOD"});
    csv.add(sdmx_row("0301", "2016", {Decimal::parse("12.50"), {}}));
    csv.add(sdmx_row("=1+1", "2016Q4", {std::nullopt, {":", Meaning::confidential}}));
    CHECK(csv.take() ==
          "STRUCTURE,STRUCTURE_ID,ACTION,Region,TIME_PERIOD_,TIME_PERIOD,OBS_VALUE,OBS_STATUS,SYMBOL,MEANING,"
          "UNIT_MEASURE,PUBLISHED,SUPERSEDED,OBSERVED,VINTAGE,SOURCE,LICENCE\n"
          "dataflow,SKURD:ssb_07459(1.0),I,0301,x,2016,12.50,A,,,\"persons, all\",2024-02-21T07:00:00Z,,"
          "2024-02-21T07:05:00Z,7,,\n"
          "dataflow,SKURD:ssb_07459(1.0),I,=1+1,x,2016-Q4,,Q,:,confidential,\"persons, all\","
          "2024-02-21T07:00:00Z,,2024-02-21T07:05:00Z,7,,\n");
    auto other = sdmx_row("0301", "2016", {});
    other.observation.dataset = "ssb/1";
    CHECK_THROWS_AS(csv.add(other), Error);
}

TEST_CASE("periods are written as SDMX has them", "[report]")
{
    const std::vector<std::pair<std::string, std::string>> cases = {{"2016", "2016"},
                                                                    {"2016H2", "2016-S2"},
                                                                    {"2016T3", "2016-T3"},
                                                                    {"2016Q4", "2016-Q4"},
                                                                    {"2016M02", "2016-02"},
                                                                    {"2016W52", "2016-W52"},
                                                                    {"2016/2017", "2016-08-01/P1Y"},
                                                                    {"2016-2018", "2016-01-01/P3Y"},
                                                                    {"spring", "spring"}};
    for (const auto& [text, wanted] : cases)
        CHECK(sdmx_period(Period::from_text(text)) == wanted);
}

TEST_CASE("names become identifiers of SDMX, each another one", "[report]")
{
    CHECK(sdmx_id("ssb/07459") == "ssb_07459");
    CHECK(sdmx_id("2x") == "_2x");
    CHECK(sdmx_id("") == "_");
    CHECK(sdmx_ids({"a b", "a.b", "OBS_VALUE"}) == std::vector<std::string>{"a_b", "a_b_", "OBS_VALUE_"});
}
