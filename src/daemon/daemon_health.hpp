#pragma once

#include "daemon/pulse.hpp"
#include "daemon/workspace.hpp"
#include "order/order_desk.hpp"
#include "serve/daemon_view.hpp"

#include <atomic>

namespace skurd {

/// How the daemon is, for those who ask it: each answer reads the store on a connection of its own, which is closed
/// again, so that no reader stays behind and an idle daemon holds no memory for it.
class DaemonHealth final : public DaemonView {
public:
    /// All three outlive the object.
    DaemonHealth(const Workspace& workspace, const OrderDesk& desk, const Pulse& pulse)
        : workspace_(workspace), desk_(desk), pulse_(pulse)
    {
    }

    void is_stopping() noexcept { is_stopping_ = true; } ///< not ready any more

    Liveness liveness() const override;
    std::vector<std::string> reasons_not_ready() const override;
    Status status() const override;
    DaemonFigures figures() const override;

private:
    void read_store(DaemonFigures& figures, const Configured& configured) const;

    const Workspace& workspace_; ///< of it, what is for any thread
    const OrderDesk& desk_;
    const Pulse& pulse_;
    std::atomic<bool> is_stopping_ = false;
};

} // namespace skurd
