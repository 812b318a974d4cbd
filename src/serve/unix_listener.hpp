#pragma once

#include "base/file_descriptor.hpp"

#include <filesystem>
#include <utility>

namespace skurd {

/// A Unix stream socket that listens at a path and that the owner and the group may use; the file goes with the
/// object.
class UnixListener {
public:
    /// Binds, replacing a socket file left by a dead daemon: the caller holds the state folder's lock, so no other
    /// daemon lives. The process's umask is another one meanwhile: no other thread makes files then. Throws Error.
    explicit UnixListener(std::filesystem::path path);
    /// One that the service manager has made, and whose file is its own; it does not block.
    explicit UnixListener(FileDescriptor listening) : socket_(std::move(listening)) {}
    ~UnixListener();
    UnixListener(const UnixListener&) = delete;
    UnixListener& operator=(const UnixListener&) = delete;

    int descriptor() const { return socket_.get(); } ///< does not block

private:
    std::filesystem::path path_; ///< "" = somebody else's
    FileDescriptor socket_;
};

/// Throws Error for a path that is too long to be a socket's.
void check_socket_path(const std::filesystem::path& path);

} // namespace skurd
