#include "tests/fetch/raw_server.hpp"

#include <arpa/inet.h>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace skurd::test {

namespace {

/// The head of a request, byte by byte so that nothing of what follows is taken.
std::string read_head(int fd)
{
    std::string head;
    char c = 0;
    while (!head.ends_with("\r\n\r\n") && head.size() < 10'000 && ::recv(fd, &c, 1, 0) == 1)
        head += c;
    return head;
}

} // namespace

// NOLINTNEXTLINE(readability-make-member-function-const): the other side sees it
bool RawConnection::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto size = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

bool RawConnection::still_there_after(int milliseconds)
{
    pollfd other{fd_, POLLRDHUP, 0};
    return ::poll(&other, 1, milliseconds) == 0;
}

struct RawServer::State {
    int listener = -1;
    int port = 0;
    Answer answer;
    bool reads = true;
    mutable std::mutex mutex;
    std::vector<std::string> requests;
    std::vector<int> open;
    std::list<std::thread> threads;
    std::thread acceptor;

    void serve(int fd)
    {
        RawConnection connection(fd, reads ? read_head(fd) : "");
        {
            const std::lock_guard lock(mutex);
            requests.push_back(connection.request());
        }
        answer(connection);
        ::shutdown(fd, SHUT_RDWR);
    }
    void accept_all()
    {
        for (int fd = ::accept(listener, nullptr, nullptr); fd >= 0; fd = ::accept(listener, nullptr, nullptr)) {
            const std::lock_guard lock(mutex);
            open.push_back(fd);
            threads.emplace_back([this, fd] { serve(fd); });
        }
    }
};

RawServer::RawServer(Answer answer, bool reads) : state_(std::make_unique<State>())
{
    auto& s = *state_;
    s.answer = std::move(answer);
    s.reads = reads;
    s.listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY); // all of 127.0.0.0/8
    socklen_t size = sizeof(address);
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    if (s.listener < 0 || ::bind(s.listener, generic, size) != 0 || ::listen(s.listener, 16) != 0 ||
        ::getsockname(s.listener, generic, &size) != 0)
        throw std::runtime_error("no port to listen on");
    s.port = ntohs(address.sin_port);
    s.acceptor = std::thread([&s] { s.accept_all(); });
}

RawServer::~RawServer()
{
    ::shutdown(state_->listener, SHUT_RDWR);
    state_->acceptor.join();
    {
        const std::lock_guard lock(state_->mutex);
        for (const int fd : state_->open)
            ::shutdown(fd, SHUT_RDWR);
    }
    for (auto& thread : state_->threads)
        thread.join();
    for (const int fd : state_->open)
        ::close(fd);
    ::close(state_->listener);
}

int RawServer::port() const
{
    return state_->port;
}

std::string RawServer::url(const std::string& host, const std::string& path) const
{
    return "http://" + host + ":" + std::to_string(state_->port) + path;
}

std::vector<std::string> RawServer::requests() const
{
    const std::lock_guard lock(state_->mutex);
    return state_->requests;
}

std::string raw_answer(const std::string& body, const std::vector<std::string>& headers, int status)
{
    auto text = "HTTP/1.1 " + std::to_string(status) +
                " X\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    for (const auto& header : headers)
        text += header + "\r\n";
    return text + "\r\n" + body;
}

} // namespace skurd::test
