#include "normalise/to_grid.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <numeric>
#include <random>

using namespace skurd;

namespace {

std::vector<Cell> numbered(std::size_t count)
{
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < count; ++i)
        cells.push_back(Cell::of(Decimal(static_cast<std::int64_t>(i), 0)));
    return cells;
}

std::vector<std::int64_t> numbers(const std::vector<Cell>& cells)
{
    std::vector<std::int64_t> taken;
    taken.reserve(cells.size());
    for (const auto& cell : cells)
        taken.push_back(cell.mantissa);
    return taken;
}

/// What to_grid is for, cell by cell.
std::vector<Cell> grid_of(const std::vector<Cell>& cells, std::size_t after, const std::vector<std::size_t>& rank)
{
    std::vector<Cell> grid(cells.size());
    const auto block = rank.size() * after;
    for (std::size_t from = 0; from < cells.size(); ++from) {
        const auto period = from % block / after;
        const auto series = from % after;
        grid[from / block * block + series * rank.size() + rank[period]] = cells[from];
    }
    return grid;
}

} // namespace

TEST_CASE("cells come in the order of a release, whatever the sizes of a cube and the order of its periods")
{
    struct Shape {
        std::size_t before, periods, after;
    };
    const std::vector<Shape> shapes = {
        {1, 1, 1}, {3, 1, 1},   {1, 5, 1},     {4, 5, 1},    {1, 1, 7},     {2, 3, 7},
        {0, 3, 7}, {1, 25, 60}, {3, 25, 4001}, {1, 2, 9973}, {2, 50, 2500}, {1, 40'000, 3},
    };
    std::mt19937 random(19970101);
    for (const auto& [before, periods, after] : shapes)
        for (const auto* order : {"ascending", "descending", "any"}) {
            INFO(before << " x " << periods << " " << order << " x " << after);
            std::vector<std::size_t> rank(periods);
            std::iota(rank.begin(), rank.end(), std::size_t(0));
            if (order == std::string("descending"))
                std::reverse(rank.begin(), rank.end());
            if (order == std::string("any"))
                std::shuffle(rank.begin(), rank.end(), random);
            const auto cells = numbered(before * periods * after);
            auto grid = cells;
            to_grid(grid, after, rank);
            CHECK(numbers(grid) == numbers(grid_of(cells, after, rank)));
        }
}
