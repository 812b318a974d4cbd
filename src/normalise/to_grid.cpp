#include "normalise/to_grid.hpp"

#include "base/stopping.hpp"

#include <algorithm>
#include <cassert>
#include <span>

namespace skurd {

namespace {

/// The widest strip of series that divides them evenly and has no more cells than fit in a processor's cache.
std::size_t width_of_strips(std::size_t series, std::size_t periods)
{
    constexpr std::size_t cells_max = 1 << 15;
    auto width = std::clamp<std::size_t>(cells_max / periods, 1, series);
    while (series % width != 0)
        --width;
    return width;
}

/// From [period][strip][width] to [strip][period ascending][width]. Each run of `width` cells takes the place of
/// another, which moves on, until one comes round to where the first was.
void gather_strips(std::span<Cell> cells, std::size_t width, const std::vector<std::size_t>& rank)
{
    const auto runs = cells.size() / width;
    const auto strips = runs / rank.size();
    const auto target = [&](std::size_t run) { return run % strips * rank.size() + rank[run / strips]; };
    std::vector<bool> placed(runs);
    std::vector<Cell> moving(width);
    for (std::size_t first = 0; first < runs; ++first) {
        if (placed[first])
            continue;
        std::copy_n(&cells[first * width], width, moving.begin());
        auto run = first;
        do {
            run = target(run);
            std::swap_ranges(moving.begin(), moving.end(), &cells[run * width]);
            placed[run] = true;
        } while (run != first);
    }
}

/// From [period][width] to [width][period].
void turn(std::span<Cell> strip, std::size_t width, std::vector<Cell>& copy)
{
    const auto periods = strip.size() / width;
    copy.assign(strip.begin(), strip.end());
    auto to = strip.begin();
    for (std::size_t series = 0; series < width; ++series)
        for (std::size_t period = 0; period < periods; ++period)
            *to++ = copy[period * width + series];
}

} // namespace

void to_grid(std::vector<Cell>& cells, std::size_t after, const std::vector<std::size_t>& rank)
{
    const bool is_one_row = after == 1 || rank.size() == 1;
    if (cells.empty() || (is_one_row && std::is_sorted(rank.begin(), rank.end())))
        return;
    const auto block = rank.size() * after;
    assert(cells.size() % block == 0);
    const auto width = width_of_strips(after, rank.size());
    const auto strip = rank.size() * width;
    std::vector<Cell> copy;
    for (std::size_t from = 0; from < cells.size(); from += block, throw_if_stopped())
        gather_strips(std::span(cells).subspan(from, block), width, rank);
    if (width > 1)
        for (std::size_t from = 0; from < cells.size(); from += strip, throw_if_stopped())
            turn(std::span(cells).subspan(from, strip), width, copy);
}

} // namespace skurd
