#include "run/decoded_release.hpp"

#include "normalise/join_cubes.hpp"
#include "normalise/normalise.hpp"

namespace skurd {

std::vector<Dimension> DecodedRelease::schema() const
{
    auto dimensions = decoded.described.empty() ? release.dimensions : decoded.described;
    std::erase_if(dimensions, [&](const Dimension& dimension) { return dimension.id == release.time_dimension; });
    Dimension time;
    time.id = release.time_dimension;
    time.role = Role::time;
    for (std::size_t i = 0; i < release.period_labels.size(); ++i)
        if (!release.period_labels[i].empty())
            time.categories.push_back({release.periods[i].text(), release.period_labels[i], "", std::nullopt});
    if (!time.categories.empty())
        dimensions.push_back(std::move(time));
    return dimensions;
}

DecodedRelease decode_release(const ReadyJob& job, const ConnectorState& state, std::span<const Response> responses)
{
    auto decoded = job.connector->decode(state, responses);
    auto release = normalise(join_cubes(std::move(decoded.cubes)), decoded.conventions, decoded.dataset,
                             decoded.coverage.value_or(job.connector->guarantee().coverage), decoded.notes);
    return {std::move(release), std::move(decoded)};
}

} // namespace skurd
