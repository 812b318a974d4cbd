#include "normalise/join_cubes.hpp"

#include "base/error.hpp"
#include "base/stopping.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace skurd {

namespace {

using Positions = std::vector<std::size_t>;

/// The categories of one dimension of the whole.
struct Axis {
    std::unordered_map<std::string, std::size_t> positions;

    std::size_t add(Dimension& dimension, const Category& category)
    {
        const auto [found, is_new] = positions.try_emplace(category.code, dimension.categories.size());
        if (is_new) {
            dimension.categories.push_back(category);
            return found->second;
        }
        const auto& known = dimension.categories[found->second];
        if (known.label != category.label || known.unit != category.unit || known.base != category.base)
            throw error("the parts of the response differ in what '{}' of {} is: '{}' and '{}'", category.code,
                        dimension.id, known.label, category.label);
        return found->second;
    }
};

/// Where a part's dimension stands in the whole, and each of its categories there.
struct Place {
    std::size_t dimension = 0;
    Positions categories;
};

std::size_t find_dimension(const Cube& whole, const std::string& id)
{
    const auto found = std::find_if(whole.dimensions.begin(), whole.dimensions.end(),
                                    [&](const Dimension& dimension) { return dimension.id == id; });
    if (found == whole.dimensions.end())
        throw error("the parts of the response have other dimensions: '{}' is not in the first", id);
    return static_cast<std::size_t>(found - whole.dimensions.begin());
}

std::vector<Place> place(const Cube& part, Cube& whole, std::vector<Axis>& axes)
{
    if (part.dimensions.size() != whole.dimensions.size())
        throw error("the parts of the response have other dimensions: {} and {} of them", whole.dimensions.size(),
                    part.dimensions.size());
    if (part.updated != whole.updated)
        throw error("the source changed between two parts of the response (updated {} and {}); run the job again",
                    whole.updated, part.updated);
    std::vector<Place> places;
    for (const auto& dimension : part.dimensions) {
        auto& added = places.emplace_back(Place{find_dimension(whole, dimension.id), {}});
        for (const auto& category : dimension.categories)
            added.categories.push_back(axes[added.dimension].add(whole.dimensions[added.dimension], category));
    }
    return places;
}

/// How far apart in the cells two neighbours along each dimension are.
Positions strides(const Cube& cube)
{
    Positions strides(cube.dimensions.size(), 1);
    for (std::size_t i = strides.size(); i-- > 1;)
        strides[i - 1] = strides[i] * cube.dimensions[i].categories.size();
    return strides;
}

void copy_cells(const Cube& part, const std::vector<Place>& places, const Positions& stride, SymbolIndex& symbols,
                Cube& whole)
{
    std::vector<std::uint16_t> symbol_of;
    for (const auto& symbol : part.symbols)
        symbol_of.push_back(symbols(symbol));
    Positions at(places.size(), 0);
    for (auto cell : part.cells) {
        throw_if_stopped();
        std::size_t target = 0;
        for (std::size_t i = 0; i < places.size(); ++i)
            target += places[i].categories[at[i]] * stride[places[i].dimension];
        if (whole.cells[target].state != Cell::State::absent)
            throw error("two parts of the response state the same cell");
        cell.symbol = symbol_of[cell.symbol];
        whole.cells[target] = cell;
        for (std::size_t i = places.size(); i-- > 0;) { // the next cell, the last dimension first
            if (++at[i] < places[i].categories.size())
                break;
            at[i] = 0;
        }
    }
}

} // namespace

Cube join_cubes(std::vector<Cube> parts, std::size_t cells_max)
{
    if (parts.empty())
        throw error("nothing was decoded");
    if (parts.size() == 1)
        return std::move(parts.front());
    Cube whole = parts.front();
    whole.cells.clear();
    for (auto& dimension : whole.dimensions)
        dimension.categories.clear();
    std::vector<Axis> axes(whole.dimensions.size());
    std::vector<std::vector<Place>> places;
    std::unordered_set<std::string> told(whole.notes.begin(), whole.notes.end());
    for (const auto& part : parts) {
        places.push_back(place(part, whole, axes));
        for (const auto& note : part.notes)
            if (told.insert(note).second)
                whole.notes.push_back(note);
    }
    if (whole.cell_count() > cells_max)
        throw error("the parts multiply to {} cells, and at most {} are taken from as many bytes", whole.cell_count(),
                    cells_max);
    whole.cells.resize(whole.cell_count());
    const auto stride = strides(whole);
    SymbolIndex symbols(whole.symbols);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        copy_cells(parts[i], places[i], stride, symbols, whole);
        parts[i].cells = {};
    }
    return whole;
}

} // namespace skurd
