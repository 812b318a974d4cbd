#include "model/release.hpp"

#include "base/time_text.hpp"

#include <algorithm>

namespace skurd {

std::string published_day(Time at, Confidence known)
{
    constexpr std::size_t month_size = 7; // 2018-04
    const auto day = format_date(at);
    return known == Confidence::month ? day.substr(0, month_size) : day;
}

std::size_t Release::series_count() const
{
    std::size_t count = 1;
    for (const auto& dimension : dimensions)
        count *= dimension.categories.size();
    return count;
}

std::vector<std::size_t> Release::positions(std::size_t series) const
{
    std::vector<std::size_t> at(dimensions.size());
    for (std::size_t i = dimensions.size(); i-- > 0;) {
        at[i] = series % dimensions[i].categories.size();
        series /= dimensions[i].categories.size();
    }
    return at;
}

bool Release::is_stated(std::size_t series) const
{
    const auto first = cells.begin() + static_cast<std::ptrdiff_t>(series * periods.size());
    return std::any_of(first, first + static_cast<std::ptrdiff_t>(periods.size()),
                       [](const Cell& cell) { return cell.state != Cell::State::absent; });
}

} // namespace skurd
