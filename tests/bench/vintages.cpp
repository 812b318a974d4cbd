// Many vintages of one table: does the last cost what the first did, and what does one take on disk and to read.
#include "base/error.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "tests/bench/harvest.hpp"
#include "tests/bench/questions.hpp"

#include <algorithm>
#include <memory>

namespace skurd::bench {

namespace {

constexpr double last_to_first_max = 1.2;
constexpr double growth_max = 60;
constexpr double read_max = 1;
constexpr double more_series_max = 1.3;
constexpr std::size_t one_percent = 100; ///< of the cells: divided by this
constexpr std::size_t compared_max = 5;  ///< vintages at each end
constexpr std::size_t more_times = 10;
constexpr std::size_t reads = 200;

const std::filesystem::path& emptied(const std::filesystem::path& folder)
{
    std::filesystem::remove_all(folder);
    return folder;
}

/// A store whose table is revised again and again.
class Deepening {
public:
    Deepening(const std::filesystem::path& state, const Shape& shape) : table_(shape), harvest_(emptied(state))
    {
        harvest_.ingest(table_.json(harvest_.published()));
    }

    /// One more vintage with 1 % of the cells revised.
    Cost add()
    {
        table_.revise(revised_each());
        const auto bytes = table_.json(harvest_.published());
        return cost_of([&] { harvest_.ingest(bytes); });
    }
    std::size_t revised_each() const { return table_.cells().size() / one_percent; }

private:
    Table table_;
    Harvest harvest_;
};

/// Of the database after a first harvest.
std::uintmax_t size_of_first(const Setup& setup)
{
    const auto state = setup.folder / "first";
    {
        const Deepening closed_when_measured(state, setup.shape);
    }
    return database_size(state);
}

/// A store of a table that was revised that often, closed.
std::filesystem::path deep_store(const std::filesystem::path& state, const Shape& shape, std::size_t vintages)
{
    Deepening store(state, shape);
    for (std::size_t i = 0; i < vintages; ++i)
        store.add();
    return state;
}

/// Reads series after series as of a day in the middle of a store's vintages.
class Reader {
public:
    Reader(const std::filesystem::path& state, const Shape& shape, std::size_t vintages)
        : clock_("2030-01-01T00:00:00Z"), store_(state, StoreSession::Access::read, clock_), regions_(shape.regions),
          years_(shape.years)
    {
        as_of_.published = *parse_time("2020-01-01T12:00:00Z") + std::chrono::days(vintages / 2);
    }

    Cost read(std::size_t round)
    {
        const auto region = Table::region_code(round * 7919 % regions_);
        const auto selector =
            Selector::parse(fmt::format("{}{{Region={},ContentsCode=Innhold00,Alder=000}}", dataset, region));
        std::size_t found = 0;
        const auto cost = cost_of([&] { found = ObservationStore(store_).as_of(selector, as_of_).size(); });
        if (found != years_)
            throw error("the bench itself is wrong, or the store: {} gave {} observations", selector.text(), found);
        return cost;
    }

private:
    test::ManualClock clock_;
    StoreSession store_;
    std::size_t regions_;
    std::size_t years_;
    AsOf as_of_;
};

} // namespace

void ask_vintages(const Setup& setup, const Sheet& sheet)
{
    const auto compared = std::min(compared_max, setup.vintages / 2);
    const auto deep_state = setup.folder / "deep";
    const auto shallow_state = setup.folder / "shallow";
    Pairs pairs;
    std::size_t revised = 0;
    {
        Deepening deep(deep_state, setup.shape);
        revised = setup.vintages * deep.revised_each();
        for (std::size_t i = compared; i < setup.vintages; ++i)
            deep.add();
        Deepening shallow(shallow_state, setup.shape);
        for (std::size_t i = 0; i < compared; ++i) {
            const auto first = shallow.add();
            pairs.add(deep.add(), first);
        }
    }
    const auto growth = static_cast<double>(database_size(deep_state) - size_of_first(setup));
    sheet.pair("vintages.last_to_first", pairs, last_to_first_max);
    sheet.figure("vintages.first", pairs.their_wall() * 1e3, "ms");
    sheet.figure("vintages.last", pairs.our_wall() * 1e3, "ms");
    sheet.at_most("vintages.growth", growth / static_cast<double>(revised), "bytes/cell", growth_max);
    Reader reader(deep_state, setup.shape, setup.vintages);
    std::vector<double> walls;
    for (std::size_t i = 0; i < reads; ++i)
        walls.push_back(reader.read(i).wall);
    sheet.at_most("vintages.read_one_series", median(walls) * 1e3, "ms", read_max);
}

void ask_read(const Setup& setup, const Sheet& sheet)
{
    const Shape few{setup.few_series, 1, 1, setup.shape.years};
    const Shape many{setup.few_series * more_times, 1, 1, setup.shape.years};
    Reader few_reader(deep_store(setup.folder / "few", few, setup.vintages), few, setup.vintages);
    Reader many_reader(deep_store(setup.folder / "many", many, setup.vintages), many, setup.vintages);
    Pairs pairs;
    for (std::size_t i = 0; i < reads; ++i) {
        const auto of_few = few_reader.read(i);
        pairs.add(many_reader.read(i), of_few);
    }
    sheet.at_most("read.one_series", pairs.our_wall() * 1e3, "ms", read_max);
    sheet.pair("read.more_series", pairs, more_series_max);
}

} // namespace skurd::bench
