#pragma once

#include <string>
#include <vector>

namespace skurd {

/// Who is answered over TCP, and who may write.
struct TcpAccess {
    std::vector<std::string> hosts; ///< that requests may name, in lower case, beside the address they came to and
                                    ///< the names of this machine for itself
    std::string token;              ///< that whoever writes gives; "" = nobody writes
    bool names = false;             ///< whether readers are given people's names
    bool is_file = false;           ///< a file is served, which nobody can write to
};

} // namespace skurd
