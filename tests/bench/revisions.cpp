// A table that is revised whole again and again: what the last revision writes, and what it takes to verify them all.
#include "base/error.hpp"
#include "store/maintenance.hpp"
#include "store/store_session.hpp"
#include "tests/bench/harvest.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/questions.hpp"

#include <algorithm>

namespace skurd::bench {

namespace {

constexpr double revision_to_first_max = 1.2;
constexpr double verify_max = 30; ///< seconds for ten million rows
constexpr std::size_t revisions = 20;
constexpr double ten_million = 1e7;

double written_by(const std::function<void()>& work)
{
    const auto before = bytes_written();
    work();
    return bytes_written() - before;
}

double seconds_to_verify(const std::filesystem::path& state)
{
    const test::ManualClock clock("2030-01-01T00:00:00Z");
    const StoreSession store(state, StoreSession::Access::read, clock);
    return cost_of([&] {
               const auto found = StoreMaintenance(store).verify();
               if (!found.wrong.empty())
                   throw error("the bench itself is wrong, or the store: {}", found.wrong.front());
           })
        .wall;
}

} // namespace

void ask_revisions(const Setup& setup, const Sheet& sheet)
{
    const auto state = setup.folder / "revised";
    std::filesystem::remove_all(state);
    Table table(setup.shape);
    const auto numbers = static_cast<std::size_t>(
        std::count_if(table.cells().begin(), table.cells().end(), [](const auto& cell) { return cell.symbol == 0; }));
    double first = 0;
    double last = 0;
    {
        Harvest harvest(state);
        const auto load = [&] {
            const auto bytes = table.json(harvest.published());
            return written_by([&] { harvest.ingest(bytes); });
        };
        first = load();
        for (std::size_t i = 0; i < revisions; ++i) {
            table.revise(numbers);
            last = load();
        }
    }
    sheet.at_most("revisions.last_to_first", last / first, "", revision_to_first_max);
    sheet.figure("revisions.first", first / 1e6, "MB");
    sheet.figure("revisions.last", last / 1e6, "MB");
    const auto rows = static_cast<double>(table.cells().size() + revisions * numbers);
    sheet.at_most("revisions.verify_ten_million", seconds_to_verify(state) * ten_million / rows, "s", verify_max);
}

} // namespace skurd::bench
