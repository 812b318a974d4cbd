#include "version/as_of.hpp"

#include "version/stable_id.hpp"

namespace skurd {

bool AsOfView::shows(const Timeline::Entry& release) const
{
    return (!as_of_.published || release.published_at <= *as_of_.published) &&
           (!as_of_.known || release.observed_at <= *as_of_.known);
}

std::optional<std::size_t> AsOfView::in_force(std::span<const StoredCell> rows) const
{
    struct Found {
        std::size_t row = 0;
        std::size_t place = 0;
    };
    const auto first_or_last = [&](bool withdrawn, auto is_better) {
        std::optional<Found> best;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto place = line_.place_of(rows[i].vintage);
            if ((rows[i].status == withdrawn_status_id()) == withdrawn && shows(line_[place]) &&
                is_better(place, best))
                best = {i, place};
        }
        return best;
    };
    const auto newest =
        first_or_last(false, [](std::size_t place, const auto& best) { return !best || best->place < place; });
    if (!newest)
        return std::nullopt;
    const auto withdrawal = first_or_last(true, [&](std::size_t place, const auto& best) {
        return newest->place < place && (!best || place < best->place);
    });
    return withdrawal ? withdrawal->row : newest->row;
}

} // namespace skurd
