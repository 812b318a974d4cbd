#include "daemon/reloading.hpp"

#include "base/error.hpp"
#include "lib/systemd/notify.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

namespace {

std::vector<std::string> try_reload(Workspace& workspace)
{
    try {
        auto mistakes = workspace.reload();
        if (mistakes.empty())
            workspace.tell_configuration();
        return mistakes;
    } catch (const std::exception& failure) { // the daemon lives on
        return {full_message(failure)};
    }
}

} // namespace

std::vector<std::string> reload(Workspace& workspace)
{
    notify_reloading();
    auto mistakes = try_reload(workspace);
    for (const auto& mistake : mistakes)
        spdlog::error("not read anew: {}", mistake);
    if (mistakes.empty())
        spdlog::info("configuration, jobs and catalogue read anew: {} jobs", workspace.jobs->jobs.size());
    workspace.in_force.change([&](Configured& configured) { configured.is_last_reload_good = mistakes.empty(); });
    notify_manager("READY=1");
    return mistakes;
}

} // namespace skurd
