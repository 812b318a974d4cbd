#pragma once

#include "daemon/workspace.hpp"

#include <string>

namespace skurd {

/// Holds our clock against the sources', look by look. While it is in doubt files stay in their drop folders, owed,
/// and the flag `clock//skurd` is open. For the thread of the daemon's loop.
class ClockWatch {
public:
    explicit ClockWatch(Workspace& workspace) : workspace_(workspace) {}

    /// Whatever it meets, the daemon lives on. For what has the turn.
    void look(const Turn& turn);

private:
    Workspace& workspace_;
    bool may_be_flagged_ = true; ///< at first that is not known
};

} // namespace skurd
