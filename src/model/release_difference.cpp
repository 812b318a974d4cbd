#include "model/release_difference.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr auto nowhere = static_cast<std::size_t>(-1);

/// Where the cells of one release stand in another.
class Mapping {
public:
    Mapping(const Release& from, const Release& to) : from_(from), to_(to)
    {
        if (from.dimensions.size() != to.dimensions.size())
            throw error("{}: {} dimensions before, {} now: nothing can be compared", from.dataset,
                        from.dimensions.size(), to.dimensions.size());
        std::size_t stride = to.series_count();
        std::map<std::string, std::size_t> strides;
        for (const auto& dimension : to.dimensions) {
            stride /= std::max<std::size_t>(1, dimension.categories.size());
            strides[dimension.id] = stride;
        }
        for (const auto& dimension : from.dimensions)
            add(dimension, strides);
        for (const auto& period : from.periods) {
            const auto found = std::lower_bound(to.periods.begin(), to.periods.end(), period); // ascending
            const bool is_there = found != to.periods.end() && *found == period;
            periods_.push_back(is_there ? static_cast<std::size_t>(found - to.periods.begin()) : nowhere);
        }
    }

    /// The other release's cell; one that is absent where it has none.
    Cell operator()(std::size_t series, std::size_t period) const
    {
        if (periods_[period] == nowhere)
            return {};
        const auto at = from_.positions(series);
        std::size_t position = 0;
        for (std::size_t d = 0; d < at.size(); ++d) {
            if (offsets_[d][at[d]] == nowhere)
                return {};
            position += offsets_[d][at[d]];
        }
        return to_.cell(position, periods_[period]);
    }

private:
    void add(const Dimension& dimension, const std::map<std::string, std::size_t>& strides)
    {
        const auto stride = strides.find(dimension.id);
        if (stride == strides.end())
            throw error("{}: dimension '{}' is on one side only: nothing can be compared", from_.dataset,
                        dimension.id);
        const auto& other = *std::find_if(to_.dimensions.begin(), to_.dimensions.end(),
                                          [&](auto& d) { return d.id == dimension.id; });
        std::map<std::string_view, std::size_t> places;
        for (std::size_t i = 0; i < other.categories.size(); ++i)
            places[other.categories[i].code] = i * stride->second;
        auto& offsets = offsets_.emplace_back();
        for (const auto& category : dimension.categories) {
            const auto found = places.find(category.code);
            offsets.push_back(found == places.end() ? nowhere : found->second);
        }
    }

    const Release& from_;
    const Release& to_;
    std::vector<std::vector<std::size_t>> offsets_; ///< for each category of each dimension of `from`
    std::vector<std::size_t> periods_;
};

std::optional<Value> value_of(const Release& release, const Cell& cell)
{
    if (cell.state == Cell::State::absent)
        return std::nullopt;
    return Value{cell.number(), release.symbols[cell.symbol]};
}

CellDifference at(const Release& release, std::size_t series, std::size_t period)
{
    CellDifference made;
    const auto positions = release.positions(series);
    for (std::size_t d = 0; d < positions.size(); ++d)
        made.codes.emplace_back(release.dimensions[d].id, release.dimensions[d].categories[positions[d]].code);
    made.period = release.periods[period];
    return made;
}

template <typename Visitor>
void for_each_cell(const Release& release, Visitor visit)
{
    for (std::size_t series = 0; series < release.series_count(); ++series)
        for (std::size_t period = 0; period < release.periods.size(); ++period)
            if (release.cell(series, period).state != Cell::State::absent)
                visit(series, period);
}

} // namespace

std::vector<CellDifference> difference(const Release& before, const Release& after)
{
    std::vector<CellDifference> found;
    const Mapping in_before(after, before);
    for_each_cell(after, [&](std::size_t series, std::size_t period) {
        const auto now = value_of(after, after.cell(series, period));
        const auto then = value_of(before, in_before(series, period));
        if (now == then)
            return;
        found.push_back(at(after, series, period));
        found.back().before = then;
        found.back().after = now;
    });
    const Mapping in_after(before, after);
    for_each_cell(before, [&](std::size_t series, std::size_t period) {
        if (in_after(series, period).state != Cell::State::absent)
            return;
        found.push_back(at(before, series, period));
        found.back().before = value_of(before, before.cell(series, period));
    });
    return found;
}

} // namespace skurd
