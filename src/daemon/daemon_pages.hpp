#pragma once

#include "daemon/workspace.hpp"
#include "page/page_host.hpp"

namespace skurd {

/// What the daemon lends to the read API and to its pages: what is in force.
class DaemonPages final : public PageHost {
public:
    /// The workspace outlives the object; of it, what is for any thread.
    explicit DaemonPages(const Workspace& workspace) : workspace_(workspace) {}

    Installation installation() const override { return workspace_.in_force.get().installation; }
    Time configured_at() const override { return workspace_.in_force.get().read_at; }
    Attributions attributions() const override;
    const Clock& clock() const override { return workspace_.clock; }
    bool names_are_told() const override { return access().names; }
    TcpAccess access() const override { return workspace_.in_force.access(); }
    std::vector<std::string> jobs() const override;

private:
    const Workspace& workspace_;
};

} // namespace skurd
