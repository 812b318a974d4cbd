#include "run/decoded_release.hpp"

#include "base/error.hpp"
#include "base/stopping.hpp"
#include "normalise/join_cubes.hpp"
#include "normalise/normalise.hpp"

#include <numeric>

namespace skurd {

namespace {

std::size_t bytes_of(std::span<const Response> responses)
{
    return std::accumulate(responses.begin(), responses.end(), std::size_t{0},
                           [](std::size_t sum, const Response& response) { return sum + response.body.size(); });
}

/// What a payload states must stand in some proportion to its bytes.
void check_bounds(const Release& release, std::size_t bytes)
{
    const auto bounds = bounds_of(bytes);
    std::size_t stated = 0;
    std::size_t series = 0;
    for (std::size_t i = 0; i < release.series_count(); ++i) {
        throw_if_stopped();
        const auto before = stated;
        for (std::size_t period = 0; period < release.periods.size(); ++period)
            stated += release.cell(i, period).state != Cell::State::absent ? 1 : 0;
        series += stated > before ? 1 : 0;
    }
    if (stated > bounds.stated)
        throw error("{}: {} cells are stated in {} bytes, and at most {} are taken from as many: a symbol for all of "
                    "a large table, rows that are left out, or empty cells of a sheet stand for them",
                    release.dataset, stated, bytes, bounds.stated);
    if (series * release.dimensions.size() > bounds.codes)
        throw error("{}: {} series of {} dimensions in {} bytes: {} codes, and at most {} are taken from as many",
                    release.dataset, series, release.dimensions.size(), bytes, series * release.dimensions.size(),
                    bounds.codes);
}

} // namespace

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

DecodedRelease decode_release(const ReadyJob& job, const ConnectorState& state, std::span<const Response> responses,
                              const std::stop_token& stop)
{
    const StopScope scope(stop);
    try {
        auto decoded = job.connector->decode(state, responses);
        const auto bytes = bytes_of(responses);
        auto release =
            normalise(join_cubes(std::move(decoded.cubes), bounds_of(bytes).cells), decoded.conventions,
                      decoded.dataset, decoded.coverage.value_or(job.connector->guarantee().coverage), decoded.notes);
        check_bounds(release, bytes);
        return {std::move(release), std::move(decoded)};
    } catch (const std::exception&) { // a stop that was told of as what it stopped is no fault of the payload
        if (stop.stop_requested())
            throw Stopped("stopped while its payload was read");
        throw;
    }
}

} // namespace skurd
