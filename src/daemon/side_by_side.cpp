#include "daemon/side_by_side.hpp"

#include "base/log_scope.hpp"
#include "daemon/lanes.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

namespace skurd {

namespace {

using Indices = std::vector<std::size_t>;

/// By lane, in the order in which their first jobs come.
std::vector<Indices> by_lane(const std::vector<const ReadyJob*>& jobs)
{
    std::map<std::string, std::size_t> places;
    std::vector<Indices> lanes;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        const auto [place, is_new] = places.emplace(lane_of(*jobs[i]), lanes.size());
        if (is_new)
            lanes.emplace_back();
        lanes[place->second].push_back(i);
    }
    return lanes;
}

} // namespace

void run_side_by_side(const std::vector<const ReadyJob*>& jobs, const std::function<void(std::size_t)>& run)
{
    const auto lanes = by_lane(jobs);
    std::atomic<std::size_t> next = 0;
    const auto fields = log_fields(); // of who gave them to be run
    const auto take_lanes = [&] {
        const LogScope about(fields);
        for (auto lane = next++; lane < lanes.size(); lane = next++)
            std::for_each(lanes[lane].begin(), lanes[lane].end(), run);
    };
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min(lanes.size(), lanes_at_once_max); ++i)
        helpers.emplace_back(take_lanes);
    take_lanes();
}

} // namespace skurd
