#include "serve/unix_listener.hpp"

#include "base/error.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace skurd {

namespace {

constexpr int backlog = 1024;
constexpr mode_t socket_mask = 0117; // leaves 0660

} // namespace

void check_socket_path(const std::filesystem::path& path)
{
    const auto size_max = sizeof(sockaddr_un::sun_path) - 1;
    if (path.string().size() > size_max)
        throw error("the path of the control socket is longer than {} bytes: {} (use a shorter state folder)",
                    size_max, path.string());
}

UnixListener::UnixListener(std::filesystem::path path)
    : path_(std::move(path)), socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
{
    check_socket_path(path_);
    if (!socket_)
        throw error("no control socket: {}", std::strerror(errno));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path_.c_str(), path_.string().size() + 1);
    ::unlink(path_.c_str());
    const auto mask = ::umask(socket_mask);
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    const bool is_bound = ::bind(socket_.get(), generic, sizeof address) == 0;
    ::umask(mask);
    if (!is_bound || ::listen(socket_.get(), backlog) != 0)
        throw error("{}: cannot listen: {}", path_.string(), std::strerror(errno));
}

UnixListener::~UnixListener()
{
    if (!path_.empty())
        ::unlink(path_.c_str());
}

} // namespace skurd
