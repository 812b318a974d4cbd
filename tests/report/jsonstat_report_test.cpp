#include "base/error.hpp"
#include "base/time_text.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "lib/json/json.hpp"
#include "report/jsonstat.hpp"
#include "tests/support/catch.hpp"

using namespace skurd;

namespace {

Observation seen(const char* region, const char* sex, const char* period, const char* number, const char* symbol = "")
{
    Observation observation;
    observation.dataset = "ssb/07459";
    observation.codes = {{"Region", region}, {"Kjønn", sex}};
    observation.period = Period::parse(period).value();
    observation.value = {Decimal::parse(number), {symbol, Meaning::unknown}};
    observation.published_at = parse_time("2025-02-25T07:00:00Z").value();
    return observation;
}

std::string written(const std::vector<Observation>& observations)
{
    std::vector<ObservationRow> rows;
    rows.reserve(observations.size());
    for (const auto& one : observations)
        rows.push_back({one});
    return render_jsonstat(rows);
}

} // namespace

TEST_CASE("observations written as JSON-stat decode to the same cells, digit for digit")
{
    const auto text = written({seen("0", "1", "2024", "4.50"), seen("0", "1", "2023", "", ".."),
                               seen("0301", "2", "2024", "123456789012345678", "*")});
    const auto cube = decode_jsonstat(text).at(0);
    REQUIRE(cube.dimensions.size() == 3);
    CHECK(cube.dimensions[1].id == "Kjønn");
    CHECK(cube.dimensions[2].role == Role::time);
    REQUIRE(cube.cells.size() == 8);
    CHECK_FALSE(cube.cells[0].has_number());
    CHECK(cube.symbols[cube.cells[0].symbol] == "..");
    CHECK(cube.cells[1].number()->text() == "4.50");
    CHECK(cube.cells[7].number()->text() == "123456789012345678");
    CHECK(cube.symbols[cube.cells[7].symbol] == "*");
    CHECK_FALSE(cube.cells[2].has_number());
    CHECK(cube.updated == "2025-02-25T07:00:00Z");
}

TEST_CASE("codes have the words of the newest release shown, and what is called otherwise today is noted")
{
    auto older = seen("0", "1", "2023", "4");
    older.published_at = parse_time("2024-02-25").value();
    older.words = std::make_shared<const SeriesWords>(SeriesWords{{"Landet", "Menn"}, "antall"});
    auto newer = seen("0", "1", "2024", "5");
    newer.words = std::make_shared<const SeriesWords>(SeriesWords{{"Hele landet", "Menn"}, "personer"});
    older.label = newer.label = "Hele landet, Menn";
    older.unit = newer.unit = "personer";
    const auto text = written({older, newer});
    const auto cube = decode_jsonstat(text).at(0);
    CHECK(cube.dimensions[0].categories[0].label == "Hele landet");
    CHECK(cube.dimensions[1].categories[0].label == "Menn");
    CHECK(text.find("Region=0 Kjønn=1: “Landet, Menn” (antall) as published 2024-02-25, today “Hele landet, Menn” "
                    "(personer)") != std::string::npos);
    CHECK(text.find("as published 2025") == std::string::npos);
}

TEST_CASE("observations of two datasets are not one JSON-stat table")
{
    auto other = seen("0", "1", "2024", "1");
    other.dataset = "drop/x";
    CHECK_THROWS_WITH(written({seen("0", "1", "2024", "1"), other}),
                      Catch::Matchers::Contains("of ssb/07459 and drop/x: select one"));
}

TEST_CASE("a JSON-stat table names its source and licence, or says that the licence is unknown")
{
    const auto of = [](const Attribution& attribution) {
        ObservationRow row{seen("0", "1", "2024", "1")};
        row.attribution = std::make_shared<const Attribution>(attribution);
        auto other = row;
        other.observation.period = Period::year(2023);
        return Json::parse(render_jsonstat({row, other}));
    };
    const auto known = of({{"Statistisk sentralbyrå", "Statistics Norway"}, {"CC BY 4.0", "CC BY 4.0"}});
    CHECK(known["source"] == "Statistics Norway");
    CHECK(known["extension"]["licence"] == "CC BY 4.0");
    const auto unknown = of({});
    CHECK_FALSE(unknown.contains("source"));
    CHECK(unknown["extension"]["licence"] == "licence unknown");
}
