#pragma once

#include "daemon/workspace.hpp"

#include <string>
#include <vector>

namespace skurd {

/// What SIGHUP and the order `reload` do: Workspace::reload(), told to the service manager, in the log, and to those
/// who ask how the daemon is. The mistakes that kept it from being taken over. For whoever has the turn.
std::vector<std::string> reload(Workspace& workspace);

} // namespace skurd
