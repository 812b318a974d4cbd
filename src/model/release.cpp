#include "model/release.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {
constexpr std::array<std::string_view, 5> confidence_words = {"stated", "modified", "day", "month", "arrival"};
constexpr std::array<std::string_view, 3> coverage_words = {"partial", "complete_selection", "full_history"};
} // namespace

std::string_view to_string(Coverage coverage)
{
    return coverage_words[static_cast<std::size_t>(coverage)];
}

std::string_view to_string(Confidence confidence)
{
    return confidence_words[static_cast<std::size_t>(confidence)];
}

std::optional<Confidence> confidence_from(std::string_view word)
{
    const auto found = std::find(confidence_words.begin(), confidence_words.end(), word);
    if (found == confidence_words.end())
        return std::nullopt;
    return static_cast<Confidence>(found - confidence_words.begin());
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
