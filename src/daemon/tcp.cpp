#include "daemon/tcp.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "fetch/secret_file.hpp"

#include <spdlog/spdlog.h>

#include <sys/socket.h>

namespace skurd {

namespace {

constexpr std::size_t token_size_min = 16; ///< bytes: a word that a person thinks of is found by trying

} // namespace

std::vector<TcpListener> listeners_of(const ServeSettings& settings)
{
    std::vector<TcpListener> listeners;
    for (const auto& address : settings.listen)
        try {
            listeners.emplace_back(address);
        } catch (const NoSuchAddressError& failure) { // a machine without IPv6 is nothing to warn of
            if (settings.addresses == ServeSettings::Addresses::stated)
                throw;
            spdlog::debug("no HTTP there: {}", failure.what());
        } catch (const Error& failure) {
            if (settings.addresses == ServeSettings::Addresses::stated)
                throw;
            spdlog::warn("no HTTP there: {}", failure.what());
        }
    return listeners;
}

TcpAccess tcp_access(const ServeSettings& settings)
{
    TcpAccess access{settings.hosts, "", settings.names};
    if (settings.token_file.empty())
        return access;
    access.token = read_secret(settings.token_file, SecretReaders::owner);
    if (access.token.size() < token_size_min)
        throw error("key file {}: a token has at least {} characters (head -c 24 /dev/urandom | base64)",
                    settings.token_file.string(), token_size_min);
    return access;
}

Listening by_kind(std::vector<FileDescriptor> sockets)
{
    Listening found;
    for (auto& socket : sockets) {
        int family = 0;
        socklen_t size = sizeof family;
        ::getsockopt(socket.get(), SOL_SOCKET, SO_DOMAIN, &family, &size);
        if (family != AF_UNIX)
            found.tcp.emplace_back(std::move(socket));
        else if (found.control)
            throw error("two Unix sockets were passed on, and one is the control socket (see the socket unit)");
        else
            found.control = std::move(socket);
    }
    return found;
}

std::unique_ptr<TcpServer> serve_tcp(Workspace& workspace, OrderDesk& desk, const std::vector<Route>& routes,
                                     std::vector<TcpListener> listening)
{
    const auto& settings = workspace.settings.serve;
    workspace.in_force.change(
        [access = tcp_access(settings)](Configured& configured) { configured.access = access; });
    auto listeners = listening.empty() ? listeners_of(settings) : std::move(listening);
    if (listeners.empty())
        return nullptr;
    std::vector<std::string> where;
    where.reserve(listeners.size());
    for (const auto& listener : listeners)
        where.push_back("http://" + to_text(listener.address()));
    spdlog::info("HTTP on {}{}", join(where, " and "), settings.token_file.empty() ? ", for reading" : "");
    return std::make_unique<TcpServer>(std::move(listeners), desk, routes,
                                       [&workspace] { return workspace.in_force.access(); });
}

} // namespace skurd
