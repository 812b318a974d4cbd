// Every file drop that comes with skurd, on a sample in the form its source is published in (schedules/samples). With
// SKURD_UPDATE_CASES=1 the expected cells are written anew instead of compared.
#include "tests/flow/shipped_drops.hpp"

#include "base/text.hpp"
#include "decode/csv/cube_csv.hpp"
#include "decode/table/decode_table.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/store_engine.hpp"

#include <cstdlib>
#include <set>

using namespace skurd;
using namespace skurd::test;
namespace fs = std::filesystem;

namespace {

bool updating()
{
    const char* set = std::getenv("SKURD_UPDATE_CASES");
    return set && std::string_view(set) == "1";
}

/// Title, units, and the cells that are mentioned.
std::string describe(const Cube& cube)
{
    std::set<std::string> units;
    for (const auto& dimension : cube.dimensions)
        for (const auto& category : dimension.categories)
            if (!category.unit.empty())
                units.insert(category.unit);
    std::string csv;
    write_cube_csv(cube, csv);
    auto text = "# title: " + cube.label + "\n# units: " + join({units.begin(), units.end()}, ", ") + "\n";
    for (const auto line : split(csv, '\n'))
        if (!line.empty() && !line.ends_with(",,"))
            text += std::string(line) + "\n";
    return text;
}

} // namespace

TEST_CASE("every file drop that comes along reads its sample to the cells beside it", "[shipped]")
{
    const auto drops = shipped_drops();
    CHECK(drops.size() == samples().size());
    for (const auto& drop : drops) {
        INFO(drop.id);
        REQUIRE(samples().contains(drop.id));
        const auto cells = describe(decode_table(read_file(samples().at(drop.id)), drop.layout).cube);
        const auto file = samples_folder() / (drop.id + ".expected.csv");
        if (updating())
            write_file(file, cells);
        CHECK(cells == read_file(file));
    }
}

TEST_CASE("a file that arrives fits one of the jobs that come along", "[shipped]")
{
    std::vector<std::string> names;
    for (const auto& [job, sample] : samples())
        names.push_back(sample.filename().string());
    for (const auto& entry : fs::directory_iterator(SKURD_SOURCE_DIR "/deploy/first-harvest"))
        if (entry.path().extension() == ".csv")
            names.push_back(entry.path().filename().string());
    for (const auto& name : names) {
        std::vector<std::string> fitting;
        for (const auto& [job, pattern] : shipped_patterns())
            if (matches_glob(to_lower(name), to_lower(pattern)))
                fitting.push_back(job);
        INFO(name << ": " << join(fitting, ", "));
        CHECK(fitting.size() == 1);
    }
}

TEST_CASE("all samples lie in the drop folder at once: each is ingested by its job", "[shipped]")
{
    const ManualClock clock("2026-01-01");
    const StoreSession store(store_of(harvested_samples() / "state"), StoreSession::Access::read, clock);
    CHECK(fs::is_empty(harvested_samples() / "state/drop"));
    CHECK(VintageStore(store).list().size() == samples().size());
    for (const auto& drop : shipped_drops()) {
        INFO(drop.id);
        CHECK_FALSE(VintageStore(store).list("drop/" + drop.dataset).empty());
    }
}

TEST_CASE("a corrected edition of a table revises the first one", "[shipped]")
{
    const ManualClock clock("2026-01-01");
    const StoreSession store(store_of(harvested_samples() / "state"), StoreSession::Access::read, clock);
    CHECK(VintageStore(store).list("drop/gront-hefte-1-k").size() == 2);
    const auto versions =
        ObservationStore(store).history(Selector::parse("drop/gront-hefte-1-k{kommune=1103,tilskudd=Rammetilskudd}"));
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].value.number->text() == "3022500");
    CHECK(versions[1].value.number->text() == "3022000");
    CHECK(ObservationStore(store)
              .history(Selector::parse("drop/gront-hefte-1-k{kommune=1103,tilskudd=Utgiftsutjevning}"))
              .size() == 1);
}
