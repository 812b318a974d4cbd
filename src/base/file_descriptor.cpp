#include "base/file_descriptor.hpp"

#include <cerrno>
#include <csignal>
#include <fcntl.h>

namespace skurd {

bool has_writer(const FileDescriptor& file)
{
    // A read lease is refused while there are writers. One who comes while we have it makes the system send a signal:
    // one that is ignored unless asked for, since the default, SIGIO, would end the process.
    if (::fcntl(file.get(), F_SETSIG, SIGURG) != 0)
        return false;
    if (::fcntl(file.get(), F_SETLEASE, F_RDLCK) != 0)
        return errno == EAGAIN;
    ::fcntl(file.get(), F_SETLEASE, F_UNLCK);
    return false;
}

} // namespace skurd
