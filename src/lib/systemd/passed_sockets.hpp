#pragma once

#include "base/file_descriptor.hpp"

#include <vector>

namespace skurd {

/// The sockets that the service manager has listened on for this process, as sd_listen_fds(3) describes ($LISTEN_FDS,
/// $LISTEN_PID): they do not block, and no child inherits them. Empty where none were passed, and from the second
/// call on. Before threads are there.
std::vector<FileDescriptor> passed_sockets();

} // namespace skurd
