#include "daemon/daemon_pages.hpp"

namespace skurd {

Attributions DaemonPages::attributions() const
{
    return *workspace_.in_force.get().attributions;
}

std::vector<std::string> DaemonPages::jobs() const
{
    const auto configured = workspace_.in_force.get();
    std::vector<std::string> ids;
    for (const auto& job : configured.jobs->jobs)
        if (job.job.enabled)
            ids.push_back(job.job.id);
    return ids;
}

} // namespace skurd
