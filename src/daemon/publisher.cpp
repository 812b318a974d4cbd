#include "daemon/publisher.hpp"

#include "base/error.hpp"
#include "publish/publish.hpp"
#include "run/jobs.hpp"
#include "store/commit_store.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

namespace {

/// All that a publication needs of the workspace, which has no turn while it is made.
PublishRequest request_of(const Workspace& workspace)
{
    PublishRequest request;
    request.folder = workspace.settings.publish.folder_in(workspace.installation.state);
    request.bounds = workspace.settings.publish.bounds;
    request.attributions = attributions_of(*workspace.jobs, workspace.installation);
    return request;
}

void tell(const Published& published)
{
    if (published.is_new)
        spdlog::info("published {}: {} files, {} older removed", published.folder, published.files,
                     published.removed);
}

} // namespace

bool Publisher::is_due(Time now) const
{
    const auto& settings = workspace_.settings.publish;
    if (!settings.after_harvest || is_at_work_ || !workspace_.lanes.at_work().empty())
        return false;
    const bool was_lately = began_at_ && *began_at_ <= now && now - *began_at_ < settings.every;
    return !was_lately && CommitStore(workspace_.store).newest() > tried_;
}

void Publisher::begin(const Turn&)
{
    try {
        const auto now = workspace_.clock.now();
        if (!is_due(now))
            return;
        began_at_ = now;
        tried_ = CommitStore(workspace_.store).newest();
        is_at_work_ = true;
        thread_ = std::jthread([this, request = request_of(workspace_), place = workspace_.installation.store] {
            try {
                const StoreSession store(place, StoreSession::Access::read, workspace_.clock);
                tell(publish(store, request));
            } catch (const std::exception& failure) { // the edge of a thread
                spdlog::error("publishing: {}", full_message(failure));
                tried_ = 0;
            }
            is_at_work_ = false;
        });
    } catch (const std::exception& failure) {
        is_at_work_ = false;
        spdlog::error("publishing: {}", full_message(failure));
    }
}

void Publisher::stop()
{
    if (thread_.joinable())
        thread_.join();
}

void Publisher::publish_now()
{
    if (!workspace_.settings.publish.after_harvest || CommitStore(workspace_.store).newest() == 0)
        return;
    try {
        tell(publish(workspace_.store, request_of(workspace_)));
    } catch (const std::exception& failure) { // what was ordered was done all the same
        spdlog::error("publishing: {}", full_message(failure));
    }
}

} // namespace skurd
