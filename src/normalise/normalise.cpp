#include "normalise/normalise.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "normalise/to_grid.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace skurd {

namespace {

std::string ids(const std::vector<Dimension>& dimensions)
{
    std::vector<std::string> listed;
    listed.reserve(dimensions.size());
    for (const auto& dimension : dimensions)
        listed.push_back(dimension.id);
    return listed.empty() ? "none" : join(listed, ", ");
}

std::size_t find_time(const Cube& cube, const Conventions& conventions)
{
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < cube.dimensions.size(); ++i) {
        const auto& dimension = cube.dimensions[i];
        if (conventions.time_dimension.empty() ? dimension.role == Role::time
                                               : dimension.id == conventions.time_dimension)
            found.push_back(i);
    }
    if (found.size() == 1)
        return found.front();
    if (!conventions.time_dimension.empty())
        throw error("the time dimension '{}' is not there; the dimensions are {}", conventions.time_dimension,
                    ids(cube.dimensions));
    throw error("{} of the dimensions {} has the role of time; name the time dimension",
                found.empty() ? "none" : "more than one", ids(cube.dimensions));
}

void check_shape(const Cube& cube)
{
    std::set<std::string> seen;
    for (const auto& dimension : cube.dimensions)
        if (!seen.insert(dimension.id).second)
            throw error("two dimensions are called '{}'", dimension.id);
    if (cube.cells.size() != cube.cell_count())
        throw error("a description without values: it has {} cells, its dimensions multiply to {}", cube.cells.size(),
                    cube.cell_count());
}

/// The periods in the source's order, each once.
std::vector<Period> read_periods(const Dimension& time, std::vector<std::string>& notes)
{
    std::vector<Period> periods;
    std::map<Period, std::string> codes;
    for (const auto& category : time.categories) {
        const auto period = Period::parse(category.code);
        if (!period)
            throw error("dimension '{}' has an empty period", time.id);
        const auto [earlier, is_new] = codes.emplace(*period, category.code);
        if (!is_new)
            throw error("dimension '{}' has the period {} twice, as '{}' and '{}'", time.id, period->text(),
                        earlier->second, category.code);
        if (period->kind() == PeriodKind::other)
            notes.push_back(
                fmt::format("period '{}' is of no known form and stored as text", excerpt(category.code)));
        periods.push_back(*period);
    }
    return periods;
}

/// rank[i] is where the source's i-th period stands among the ascending ones.
std::vector<std::size_t> ranks(const std::vector<Period>& periods)
{
    std::vector<std::size_t> order(periods.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return periods[a] < periods[b]; });
    std::vector<std::size_t> rank(periods.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        rank[order[i]] = i;
    return rank;
}

std::size_t size_of(const std::vector<Dimension>& dimensions, std::size_t from, std::size_t to)
{
    std::size_t size = 1;
    for (auto i = from; i < to; ++i)
        size *= dimensions[i].categories.size();
    return size;
}

Meaning meaning_of(const std::string& symbol, const Conventions& conventions)
{
    if (symbol.empty())
        return Meaning::none;
    const auto found = conventions.symbols.find(symbol);
    return found == conventions.symbols.end() ? Meaning::unknown : found->second;
}

/// Where a cell stands, for people: "Region=0301, Tid=2024".
std::string place_of(const Release& release, std::size_t cell)
{
    const auto at = release.positions(cell / release.periods.size());
    std::string place;
    for (std::size_t i = 0; i < at.size(); ++i)
        place += fmt::format("{}={}, ", release.dimensions[i].id, release.dimensions[i].categories[at[i]].code);
    constexpr std::size_t width_max = 300;
    place += fmt::format("{}={}", release.time_dimension, release.periods[cell % release.periods.size()].text());
    return excerpt(place, width_max);
}

bool may_stand_beside_a_number(Meaning meaning)
{
    return meaning == Meaning::none || meaning == Meaning::nil || qualifies_number(meaning);
}

/// Makes nil a zero, and notes what a person should know, once for each symbol.
void judge_symbols(Release& release, std::vector<std::string>& notes)
{
    std::vector<bool> noted(release.symbols.size());
    for (std::size_t i = 0; i < release.cells.size(); ++i) {
        Cell& cell = release.cells[i];
        if (cell.symbol == 0)
            continue;
        const auto& [text, meaning] = release.symbols[cell.symbol];
        if (meaning == Meaning::nil && !cell.has_number())
            cell = Cell::of(Decimal(), cell.symbol);
        const bool unknown = meaning == Meaning::unknown;
        const bool odd = unknown || (cell.has_number() && !may_stand_beside_a_number(meaning));
        if (!odd || noted[cell.symbol])
            continue;
        noted[cell.symbol] = true;
        notes.push_back(fmt::format("symbol '{}' {}, for instance at {}", excerpt(text),
                                    unknown ? "has no known meaning"
                                            : fmt::format("({}) stands beside a number", to_string(meaning)),
                                    place_of(release, i)));
    }
}

} // namespace

Release normalise(Cube cube, const Conventions& conventions, const std::string& dataset, Coverage coverage,
                  std::vector<std::string>& notes)
{
    check_shape(cube);
    const auto time = find_time(cube, conventions);
    Release release;
    release.dataset = dataset;
    release.label = std::move(cube.label);
    release.notes = std::move(cube.notes);
    release.coverage = coverage;
    release.time_dimension = cube.dimensions[time].id;
    release.periods = read_periods(cube.dimensions[time], notes);
    release.cells = std::move(cube.cells);
    to_grid(release.cells, size_of(cube.dimensions, time + 1, cube.dimensions.size()), ranks(release.periods));
    std::sort(release.periods.begin(), release.periods.end());
    release.dimensions = std::move(cube.dimensions);
    release.dimensions.erase(release.dimensions.begin() + static_cast<std::ptrdiff_t>(time));
    release.symbols.clear();
    for (auto& symbol : cube.symbols) {
        const auto meaning = meaning_of(symbol, conventions);
        release.symbols.push_back({std::move(symbol), meaning});
    }
    judge_symbols(release, notes);
    return release;
}

Release normalise(std::vector<Cube> cubes, const Conventions& conventions, const std::string& dataset,
                  Coverage coverage, std::vector<std::string>& notes)
{
    if (cubes.size() != 1)
        throw error("{}: the release comes in {} parts; exactly one can be ingested", dataset, cubes.size());
    return normalise(std::move(cubes.front()), conventions, dataset, coverage, notes);
}

} // namespace skurd
