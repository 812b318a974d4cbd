#include "base/error.hpp"
#include "decode/jsonstat/jsonstat.hpp"
#include "lib/json/json.hpp"
#include "query/indicators.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"
#include "tests/support/temp_dir.hpp"

#include <map>

using namespace skurd;

namespace {

/// The datasets of a document, found the slow way: itself, or its members that have a dimension.
std::vector<Json> datasets_of(const Json& document)
{
    if (!document.is_object())
        return {};
    const auto stat_class = document.value("class", "");
    if (stat_class == "dataset")
        return {document};
    std::vector<Json> datasets;
    if (stat_class.empty() && !document.contains("$schema"))
        for (const auto& member : document)
            if (member.is_object() && member.contains("dimension"))
                datasets.push_back(member);
    return datasets;
}

const Json& in_dataset(const Json& dataset, const char* name)
{
    return dataset.contains(name) ? dataset.at(name) : dataset.at("dimension").at(name);
}

std::size_t size_product(const Json& dataset)
{
    std::size_t product = 1;
    for (const auto& size : in_dataset(dataset, "size"))
        product *= size.is_string() ? std::stoul(size.get<std::string>()) : size.get<std::size_t>();
    return product;
}

Json element(const Json& container, std::size_t at)
{
    if (container.is_object())
        return container.value(std::to_string(at), Json());
    if (container.is_array())
        return container.size() == 1 ? container[0] : container[at];
    return container;
}

/// Whether a cell says what the document says at its place, in numbers a double tells apart and in symbols.
bool agrees(const Cube& cube, const Json& dataset, std::size_t at)
{
    const auto& cell = cube.cells[at];
    const auto value = cube.cells.size() == 1 ? element(dataset.at("value"), 0) : element(dataset.at("value"), at);
    auto status = dataset.contains("status") ? element(dataset.at("status"), at) : Json();
    const bool quoted_number = value.is_string() && Decimal::parse(value.get<std::string>());
    if (quoted_number)
        return cell.number() == Decimal::parse(value.get<std::string>());
    if (value.is_string())
        status = value;
    const auto symbol = status.is_string() ? status.get<std::string>() : "";
    const auto number = cell.number();
    const bool same_number = value.is_number() ? number && std::stod(number->text()) == value.get<double>() : !number;
    return same_number && cube.symbols[cell.symbol] == symbol;
}

void check_cube(const Cube& cube, const Json& dataset)
{
    const auto ids = in_dataset(dataset, "id");
    REQUIRE(cube.dimensions.size() == ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        CHECK(cube.dimensions[i].id == ids[i]);
    const auto& value = dataset.value("value", Json::array());
    const bool description = value.is_array() && value.empty();
    const auto cells = description ? 0 : size_product(dataset);
    REQUIRE(cube.cells.size() == cells);
    CHECK(cube.cell_count() == size_product(dataset));
    std::size_t disagreeing = 0;
    for (std::size_t at = 0; at < cells; ++at)
        disagreeing += agrees(cube, dataset, at) ? 0 : 1;
    CHECK(disagreeing == 0);
}

/// Documents of class dataset that break a rule, each looked at by hand: path below samples/pxweb -> refusal.
const std::map<std::string, std::string> known_invalid = {
    {"jsonstat-org/edge/pyjstat-QS104EW.json", "JSON-stat rule ID_SIZE_LEN_MISMATCH"}, // a geography without a size
};

std::vector<Cube> decode_file(const std::filesystem::path& file)
{
    return decode_jsonstat(test::read_file(file));
}

} // namespace

TEST_CASE("every dataset among the real payloads decodes to what it says, and nothing else decodes")
{
    const auto folder = test::reference("samples/pxweb");
    if (!folder)
        return;
    int datasets_seen = 0;
    int others_seen = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*folder)) {
        const auto name = std::filesystem::relative(entry.path(), *folder).string();
        if (!entry.is_regular_file() || entry.path().extension() != ".json")
            continue;
        INFO(name);
        const auto bytes = test::read_file(entry.path());
        const auto document = Json::parse(bytes, nullptr, false);
        const auto datasets = document.is_discarded() ? std::vector<Json>() : datasets_of(document);
        if (const auto invalid = known_invalid.find(name); invalid != known_invalid.end()) {
            CHECK_THROWS_WITH(decode_jsonstat(bytes), Catch::StartsWith(invalid->second));
        } else if (datasets.empty()) {
            CHECK_THROWS_AS(decode_jsonstat(bytes), Error);
            ++others_seen;
        } else {
            const auto cubes = decode_jsonstat(bytes);
            REQUIRE(cubes.size() == datasets.size());
            for (std::size_t i = 0; i < cubes.size(); ++i)
                check_cube(cubes[i], datasets[i]);
            ++datasets_seen;
        }
    }
    CHECK(datasets_seen >= 15);
    CHECK(others_seen >= 60);
}

TEST_CASE("SSB's table 05300 has its real cells and symbols")
{
    const auto file = test::reference("samples/pxweb/ssb-real/v1-05300.data.json-stat2.json");
    if (!file)
        return;
    const auto cubes = decode_file(*file);
    const auto& cube = cubes.front();
    CHECK(cube.cells.size() == 432);
    CHECK(cube.cells[0].number()->text() == "16");
    CHECK(cube.symbols == std::vector<std::string>{"", ".", ".."});
    CHECK(cube.cells[71].state == Cell::State::missing);
    CHECK(cube.symbols[cube.cells[71].symbol] == ".");
    CHECK(cube.symbols[cube.cells[360].symbol] == "..");
    CHECK(cube.find("Tid")->role == Role::time);
    CHECK(cube.table_id == "05300");
}

TEST_CASE("decimals, notes and units of real tables are kept as they stand")
{
    const auto folder = test::reference("samples/pxweb");
    if (!folder)
        return;
    const auto prices = decode_file(*folder / "ssb-real/v1-13861.data.json-stat2.json");
    CHECK(prices.front().cells[0].number()->text() == "0.205");
    CHECK(prices.front().find("ContentsCode")->categories[0].decimals == 3);
    const auto canada = decode_file(*folder / "jsonstat-org/v2/canada.json");
    CHECK(canada.front().cells[3].number()->text() == "100.0");
    CHECK(canada.front().symbols[canada.front().cells[119].symbol] == "a");
    const auto oecd = decode_file(*folder / "jsonstat-org/v2/oecd.json");
    CHECK(oecd.front().cells[0].number()->text() == "5.943826289");
    CHECK(oecd.front().cells[10].has_number());
    CHECK(oecd.front().symbols[oecd.front().cells[10].symbol] == "e");
    const auto description = decode_file(*folder / "ssb-real/v2-tables-05810-metadata.en.json");
    CHECK(description.front().cells.empty());
    CHECK(description.front().find("Kjonn")->categories[1].code == "2");
    CHECK(description.front().find("Kjonn")->eliminable == true);
    CHECK(description.front().find("ContentsCode")->categories[0].unit == "number");
}

TEST_CASE("FHI's flags among the values are symbols")
{
    const auto file = test::reference("samples/fhi/nod_fhi-query-flags.json");
    if (!file)
        return;
    const auto cubes = decode_file(*file);
    const auto& cube = cubes.front();
    CHECK(cube.cells[0].number()->text() == "81.4");
    CHECK(cube.cells[1].symbol == 0);
    CHECK(cube.symbols[cube.cells[2].symbol] == ":");
}
