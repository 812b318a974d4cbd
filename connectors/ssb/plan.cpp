#include "connectors/ssb/plan.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "connectors/ssb/expression.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace skurd {

namespace {

std::vector<std::size_t> resolve(const std::string& table, const Wanted& wanted, const std::string& expression,
                                 const Selectable& selectable)
{
    try {
        auto positions = selectable.resolve(expression);
        if (positions.empty())
            throw error("'{}' selects nothing in {}", expression, wanted.dimension);
        return positions;
    } catch (const Error& failure) {
        throw error("{}: table {}: {}", wanted.where, table, failure.what());
    }
}

/// Adds one dimension to the plan; gives the number of its categories selected.
std::uint64_t add(const std::string& table, const Wanted& wanted, const Dimension& dimension, Plan& plan)
{
    const Selectable selectable(dimension);
    std::set<std::size_t> selected;
    auto& asked = plan.ask.emplace_back(dimension.id, std::vector<std::string>()).second;
    const auto take = [&](bool codes) {
        for (const auto& expression : wanted.expressions) {
            if (selectable.find(expression).has_value() != codes)
                continue;
            const auto before = selected.size();
            const auto positions = resolve(table, wanted, expression, selectable);
            selected.insert(positions.begin(), positions.end());
            if (selected.size() > before)
                asked.push_back(expression);
        }
    };
    take(false);
    take(true);
    auto& expected = plan.expect.emplace_back(dimension.id, std::vector<std::string>()).second;
    for (const auto position : selected)
        expected.push_back(dimension.categories[position].code);
    return selected.size();
}

std::string ids_of(const Cube& metadata)
{
    std::vector<std::string> ids;
    for (const auto& dimension : metadata.dimensions)
        ids.push_back(dimension.id);
    return join(ids, ", ");
}

std::uint64_t times(std::uint64_t a, std::uint64_t b)
{
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    return b != 0 && a > most / b ? most : a * b;
}

} // namespace

Plan plan_query(const std::string& table, const Cube& metadata, const std::vector<Wanted>& wanted)
{
    Plan plan;
    std::uint64_t cells = 1;
    for (const auto& one : wanted) {
        const auto* dimension = metadata.find(one.dimension);
        if (!dimension)
            throw error("{}: table {} has no dimension '{}'; it has {}", one.where, table, one.dimension,
                        ids_of(metadata));
        cells = times(cells, add(table, one, *dimension, plan));
    }
    for (const auto& dimension : metadata.dimensions) {
        const bool named =
            std::any_of(wanted.begin(), wanted.end(), [&](const auto& one) { return one.dimension == dimension.id; });
        if (!named && !dimension.eliminable.value_or(false))
            throw error("{}: table {} cannot be asked without its dimension '{}': add {} = [\"*\"] or some of its {} "
                        "codes to [source.select]",
                        wanted.front().where, table, dimension.id, dimension.id, dimension.categories.size());
        if (!named)
            plan.left_out.push_back(dimension.id);
    }
    if (cells > ssb_cells_max)
        throw error("{}: the selection in table {} has {} cells, and SSB answers at most {}: select less",
                    wanted.front().where, table, cells, ssb_cells_max);
    return plan;
}

} // namespace skurd
