// What is read from the store and written as JSON-stat says what the source's own bytes said.
#include "decode/jsonstat/jsonstat.hpp"
#include "normalise/normalise.hpp"
#include "query/observations.hpp"
#include "report/jsonstat.hpp"
#include "tests/query/query_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/reference.hpp"

#include <fmt/format.h>

using namespace skurd;
using namespace skurd::test;

namespace fs = std::filesystem;

namespace {

using Words = std::map<std::string, std::string>;

/// Every stated cell by its codes: the number as published, and the symbol.
Words cells_of(const Release& release)
{
    Words cells;
    for (std::size_t series = 0; series < release.series_count(); ++series)
        for (std::size_t period = 0; period < release.periods.size(); ++period) {
            const auto& cell = release.cell(series, period);
            const auto& symbol = release.symbols[cell.symbol].text;
            if (!cell.has_number() && symbol.empty())
                continue; // null, whether the source wrote it or left it out
            std::string key;
            const auto at = release.positions(series);
            for (std::size_t i = 0; i < at.size(); ++i)
                key += release.dimensions[i].id + "=" + release.dimensions[i].categories[at[i]].code + " ";
            cells[key + release.periods[period].text()] =
                (cell.has_number() ? cell.number()->text() : "null") + " " + symbol;
        }
    return cells;
}

/// What each dimension and code of a stated series is called, and its unit, decimals and role.
Words words_of(const Release& release)
{
    Words words = {{"title", release.label}, {"time", release.time_dimension}};
    for (std::size_t series = 0; series < release.series_count(); ++series) {
        if (!release.is_stated(series))
            continue;
        const auto at = release.positions(series);
        for (std::size_t i = 0; i < at.size(); ++i) {
            const auto& dimension = release.dimensions[i];
            const auto& category = dimension.categories[at[i]];
            const auto role = dimension.role == Role::time ? Role::none : dimension.role;
            words[dimension.id] = dimension.label + " " + std::string(to_string(role));
            words[dimension.id + "=" + category.code] =
                fmt::format("{} ({}, {})", category.label, category.unit,
                            category.decimals ? std::to_string(*category.decimals) : "-");
        }
    }
    return words;
}

Release release_in(const std::string& bytes, const std::string& time_dimension = "")
{
    std::vector<std::string> notes;
    Conventions conventions;
    conventions.time_dimension = time_dimension;
    return normalise(decode_jsonstat(bytes), conventions, "drop/sample", Coverage::partial, notes);
}

/// A document that is one table of numbers in time; nothing for another.
std::optional<Release> sample(const fs::path& file)
{
    try {
        auto release = release_in(read_file(file));
        return cells_of(release).empty() ? std::nullopt : std::optional(release);
    } catch (const Error&) {
        return std::nullopt;
    }
}

} // namespace

TEST_CASE("what a sample says comes out of the store as JSON-stat that says the same", "[query]")
{
    const auto folder = reference("samples/pxweb");
    if (!folder)
        return;
    std::size_t samples = 0;
    for (const auto& entry : fs::recursive_directory_iterator(*folder)) {
        const auto release = entry.path().extension() == ".json" ? sample(entry.path()) : std::nullopt;
        if (!release)
            continue;
        INFO(entry.path().string());
        ++samples;
        QueryFixture here;
        here.accept(*release, "2019-06-01");
        const ObservationQuestion question{.target = Selector{"drop/sample", {}}};
        const auto rows = observations(here.store, here.catalogue, question);
        const auto text = render_jsonstat(rows, ObservationStore(here.store).describe("drop/sample", at("2019-06-01")));
        const auto again = release_in(text);

        CHECK(cells_of(again) == cells_of(*release));
        CHECK(words_of(again) == words_of(*release));
    }
    CHECK(samples >= 10);
}

TEST_CASE("JSON-stat keeps notes, the meaning of symbols and that a number is gone", "[query]")
{
    QueryFixture here;
    auto release = release_of({"2016", "2017"}, {{"1", {"1.50", ":"}}}, Coverage::complete_selection);
    release.dataset = "drop/kept";
    release.notes = {"A note of the source."};
    release.time_dimension = "nr "; // not the name of a dimension, but near
    here.accept(release, "2018-01-01");
    release.cells[0] = cell("");
    here.clock.advance(std::chrono::hours(1));
    IngestRules rules;
    rules.agreement.withdrawals = true;
    VintageStore(here.store).ingest(release, published("2019-01-01"), Origin::drop, here.new_payload(), 0, rules);
    const ObservationQuestion question{.target = Selector{"drop/kept", {}}};
    const auto text = render_jsonstat(observations(here.store, here.catalogue, question),
                                      ObservationStore(here.store).describe("drop/kept", at("2019-01-01")));
    const auto cube = decode_jsonstat(text).at(0);

    CHECK(cube.label == "Table");
    CHECK(cube.notes == std::vector<std::string>{"A note of the source."});
    CHECK(cube.dimensions.back().id == "nr ");
    CHECK(cube.symbols[cube.cells.at(0).symbol] == "withdrawn");
    CHECK(cube.symbols[cube.cells.at(1).symbol] == ":");
    CHECK(text.find(R"("status":{":":"confidential","withdrawn":"withdrawn"})") != std::string::npos);
}

TEST_CASE("time has a name in JSON-stat that no dimension has", "[query]")
{
    QueryFixture here;
    auto release = release_of({"2016"}, {{"1", {"1"}}});
    release.dataset = "drop/named";
    release.time_dimension = "nr";
    here.accept(release, "2018-01-01");
    const ObservationQuestion question{.target = Selector{"drop/named", {}}};
    const auto cube = decode_jsonstat(render_jsonstat(observations(here.store, here.catalogue, question),
                                                      ObservationStore(here.store).describe("drop/named", {})))
                          .at(0);
    CHECK(cube.dimensions.at(0).id == "nr");
    CHECK(cube.dimensions.at(1).id == "nr_");
}

TEST_CASE("a JSON-stat table of nothing is an error, and so are two numbers of one cell", "[query]")
{
    CHECK_THROWS_WITH(render_jsonstat({}), Catch::Matchers::Contains("needs at least one"));
    QueryFixture here;
    const ObservationQuestion question{.target = Selector{"drop/table", {}}};
    CHECK_THROWS_WITH(render_jsonstat(observation_history(here.store, here.catalogue, question)),
                      Catch::Matchers::Contains("are of one cell"));
}
