#include "tests/sim/sim_values.hpp"

#include <algorithm>

namespace skurd::sim {

namespace {

using Positions = std::vector<std::size_t>;

Decimal sum(const Decimal& a, const Decimal& b)
{
    const auto scaled = [](Decimal number, int scale) {
        auto mantissa = number.mantissa();
        for (int i = number.scale(); i < scale; ++i)
            mantissa *= 10;
        return mantissa;
    };
    const int scale = std::max(a.scale(), b.scale());
    return {scaled(a, scale) + scaled(b, scale), scale};
}

SimValue value_of(const SimTable& table, Positions& positions, const std::vector<const Positions*>& members,
                  std::size_t dimension)
{
    if (dimension == members.size())
        return table.value_at(positions);
    std::optional<Decimal> total;
    for (const auto member : *members[dimension]) {
        positions[dimension] = member;
        auto value = value_of(table, positions, members, dimension + 1);
        if (!value.number || members[dimension]->size() == 1)
            return value;
        total = total ? sum(*total, *value.number) : *value.number;
    }
    return {total, ""};
}

/// Goes to the next combination, the last shown dimension fastest; false after the last.
bool advance(Positions& counters, const SimSelection& selection)
{
    for (auto i = selection.order.size(); i-- > 0;) {
        const auto dimension = selection.order[i];
        if (++counters[dimension] < selection.choices[dimension].groups.size())
            return true;
        counters[dimension] = 0;
    }
    return false;
}

} // namespace

std::size_t SimSelection::cells() const
{
    std::size_t product = 1;
    for (const auto& choice : choices)
        product *= choice.groups.size();
    return product;
}

SimGroup single(const SimDimension& dimension, std::size_t position)
{
    const auto& category = dimension.categories[position];
    return {category.code, category.label, {position}};
}

SimChoice all_of(const SimDimension& dimension)
{
    SimChoice choice;
    for (std::size_t i = 0; i < dimension.categories.size(); ++i)
        choice.groups.push_back(single(dimension, i));
    return choice;
}

SimChoice eliminated(const SimDimension& dimension)
{
    SimGroup group;
    for (std::size_t i = 0; i < dimension.categories.size(); ++i)
        if (dimension.elimination_value.empty() || dimension.categories[i].code == dimension.elimination_value)
            group.members.push_back(i);
    return {{group}, false};
}

SimSelection in_table_order(std::vector<SimChoice> choices)
{
    SimSelection selection{std::move(choices), {}};
    for (std::size_t i = 0; i < selection.choices.size(); ++i)
        if (selection.choices[i].shown)
            selection.order.push_back(i);
    return selection;
}

std::vector<SimValue> values_of(const SimTable& table, const SimSelection& selection)
{
    if (selection.cells() == 0)
        return {};
    std::vector<SimValue> values;
    values.reserve(selection.cells());
    Positions counters(selection.choices.size(), 0);
    Positions positions(selection.choices.size(), 0);
    std::vector<const Positions*> members(selection.choices.size());
    do {
        for (std::size_t i = 0; i < members.size(); ++i)
            members[i] = &selection.choices[i].groups[counters[i]].members;
        values.push_back(value_of(table, positions, members, 0));
    } while (advance(counters, selection));
    return values;
}

std::string number_text(const Decimal& number)
{
    const auto shortest = number.normalised();
    return shortest.scale() == 0 ? shortest.text() : number.text();
}

} // namespace skurd::sim
