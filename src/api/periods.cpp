#include "api/periods.hpp"

#include "base/time_text.hpp"
#include "query/datasets.hpp"
#include "query/observations.hpp"

#include <set>

namespace skurd {

namespace {

std::string key_of(const std::string& dataset, const AsOf& as_of)
{
    const auto text = [](const std::optional<Time>& time) { return time ? format_time(*time) : ""; };
    return "periods of " + dataset + " " + text(as_of.published) + " " + text(as_of.known);
}

/// Of now they are read off an index, of another time off the numbers.
Json read_periods(const StoreReading& reading, const std::string& dataset, const AsOf& as_of)
{
    std::set<Period> periods;
    if (!as_of.published && !as_of.known)
        for (const auto& period : periods_of(reading.store, dataset))
            periods.insert(period);
    else
        visit_observations(reading.store, *reading.catalogue, {Selector{dataset, {}}, as_of},
                           [&](const ObservationRow& row) { periods.insert(row.observation.period); });
    Json texts = Json::array();
    for (const auto& period : periods)
        texts.push_back(period.text());
    return texts;
}

} // namespace

std::shared_ptr<const Json> periods_at(const StoreReading& reading, const std::string& dataset, const AsOf& as_of)
{
    return reading.remembered->of(key_of(dataset, as_of), [&] { return read_periods(reading, dataset, as_of); });
}

} // namespace skurd
