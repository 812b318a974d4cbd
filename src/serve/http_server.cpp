// Connections are accepted here and handed to the library, which by itself would go round and round while the process
// has no descriptor for a client that waits. The same thread keeps all deadlines and asks the streams again: when it
// is woken, and five times a second while there are connections, since only who writes notices that a client is gone.
#include "serve/http_server.hpp"

#include "base/error.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace skurd {

namespace {

using namespace std::chrono_literals;

constexpr auto period = 200ms; ///< while there are connections: their deadlines begin on the library's thread
constexpr auto pause_without_descriptors = 1s;
constexpr auto farewell = 500ms;
constexpr int clients_at_once = 64;

constexpr std::string_view too_many_files =
    R"({"error":"the daemon has too many files open; try again, and raise its limit (LimitNOFILE) if it stays so",)"
    R"("exit":1})";

std::size_t connections_within(std::size_t wanted)
{
    rlimit descriptors{};
    if (::getrlimit(RLIMIT_NOFILE, &descriptors) != 0 || descriptors.rlim_cur == RLIM_INFINITY)
        return wanted;
    return std::min<std::size_t>(wanted, std::max<std::size_t>(descriptors.rlim_cur / 2, 1));
}

std::string refusal()
{
    return fmt::format("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nConnection: close\r\n"
                       "Content-Length: {}\r\n\r\n{}",
                       too_many_files.size(), too_many_files);
}

FileDescriptor new_spare()
{
    return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

} // namespace

HttpServer::HttpServer(const std::vector<int>& listeners, ServedService& service, const HttpServerLimits& limits)
    : service_(service), connections_max_(connections_within(limits.connections)),
      wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), spare_(new_spare()), daemon_(service, limits.daemon)
{
    if (!wake_)
        throw error("no eventfd: {}", std::strerror(errno));
    for (const int listener : listeners)
        wanted_.push_back({listener, POLLIN, 0});
    wanted_.push_back({wake_.get(), POLLIN, 0});
    thread_ = std::thread([this] { run(); });
}

HttpServer::~HttpServer()
{
    is_ending_ = true;
    wake();
    thread_.join();
}

void HttpServer::wake() noexcept
{
    ::eventfd_write(wake_.get(), 1);
}

int HttpServer::milliseconds_to_wait()
{
    const auto now = std::chrono::steady_clock::now();
    std::optional<HttpDaemon::TimePoint> next;
    const auto see = [&](std::optional<HttpDaemon::TimePoint> at) {
        if (at)
            next = next ? std::min(*next, *at) : *at;
    };
    see(daemon_.close_late(now));
    see(service_.pass_time(now));
    if (daemon_.connections() > 0 || has_admitted_)
        see(now + period);
    has_admitted_ = false;
    if (!next)
        return -1;
    // Rounded up, so that the wait does not end just before.
    return static_cast<int>(
        std::max<std::int64_t>(std::chrono::ceil<std::chrono::milliseconds>(*next - now).count(), 0));
}

void HttpServer::wait()
{
    ::poll(wanted_.data(), wanted_.size(), milliseconds_to_wait());
    eventfd_t ignored = 0;
    ::eventfd_read(wake_.get(), &ignored);
    daemon_.wake_streams();
    for (const auto& one : wanted_)
        if (one.fd != wake_.get() && (one.revents & POLLIN) != 0)
            accept_clients(one.fd);
}

void HttpServer::run()
{
    while (!is_ending_)
        wait();
    daemon_.end_streams();
    const auto until = std::chrono::steady_clock::now() + farewell;
    for (pollfd nothing{-1, 0, 0}; daemon_.is_answering() && std::chrono::steady_clock::now() < until;)
        ::poll(&nothing, 1, 5);
}

void HttpServer::accept_clients(int listener)
{
    for (int i = 0; i < clients_at_once; ++i) {
        const int client = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (client >= 0)
            admit(client);
        else if (errno == EMFILE || errno == ENFILE)
            return refuse_client(listener);
        else if (errno != ECONNABORTED && errno != EINTR)
            return;
    }
}

void HttpServer::admit(int client)
{
    if (daemon_.connections() >= connections_max_)
        daemon_.drop_oldest_waiting();
    daemon_.add(client);
    has_admitted_ = true;
}

/// A client that stays in the queue keeps the listener readable, and the daemon would go round and round.
void HttpServer::refuse_client(int listener)
{
    spare_ = FileDescriptor();
    {
        const FileDescriptor client(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (client) {
            char piece[4096]; // what is unread when a socket is closed resets it, and the answer would be lost
            while (::recv(client.get(), piece, sizeof piece, 0) > 0) {
            }
            const auto text = refusal();
            ::send(client.get(), text.data(), text.size(), MSG_NOSIGNAL);
        } else {
            pollfd wake{wake_.get(), POLLIN, 0};
            ::poll(&wake, 1, static_cast<int>(std::chrono::milliseconds(pause_without_descriptors).count()));
        }
    }
    spare_ = new_spare();
}

} // namespace skurd
