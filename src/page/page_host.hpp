#pragma once

#include "api/read_host.hpp"
#include "serve/tcp_access.hpp"

#include <string>
#include <vector>

namespace skurd {

/// What the daemon lends to its pages. From any thread.
class PageHost : public ReadHost {
public:
    virtual TcpAccess access() const = 0;
    virtual std::vector<std::string> jobs() const = 0; ///< the ids of those that are enabled
};

} // namespace skurd
