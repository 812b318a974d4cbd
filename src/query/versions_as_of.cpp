#include "query/versions_as_of.hpp"

#include <utility>

namespace skurd {

namespace {

bool was_there(const Observation& version, const AsOf& as_of)
{
    return (!as_of.published || version.published_at <= *as_of.published) &&
           (!as_of.known || version.observed_at <= *as_of.known);
}

bool is_same_cell(const Observation& a, const Observation& b)
{
    return a.series == b.series && a.period == b.period;
}

} // namespace

void keep_versions_as_of(std::vector<Observation>& versions, const AsOf& as_of)
{
    if (!as_of.published && !as_of.known)
        return;
    std::vector<Observation> kept;
    for (auto& version : versions) {
        if (!was_there(version, as_of))
            continue;
        if (!kept.empty() && is_same_cell(kept.back(), version)) {
            if (kept.back().value == version.value)
                continue;
            kept.back().superseded_at = version.published_at;
        }
        version.superseded_at.reset();
        kept.push_back(std::move(version));
    }
    versions = std::move(kept);
}

} // namespace skurd
