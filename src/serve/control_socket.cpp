#include "serve/control_socket.hpp"

#include "base/error.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace skurd {

namespace {

constexpr std::size_t line_max = 1 << 20;
constexpr auto client_patience = std::chrono::seconds(2);

std::string system_message()
{
    return std::generic_category().message(errno);
}

/// A connected socket, closed with the object. Reads lines and bytes, writes lines.
class Connection {
public:
    explicit Connection(int descriptor) : descriptor_(descriptor) {}
    ~Connection()
    {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int descriptor() const { return descriptor_; }

    void set_timeout(std::chrono::seconds timeout)
    {
        const timeval value{timeout.count(), 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof value);
        ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &value, sizeof value);
    }

    void send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR)
                continue;
            if (sent <= 0)
                throw error("the other side of the control socket is gone: {}", system_message());
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    std::string read_line()
    {
        for (;;) {
            const auto end = buffer_.find('\n');
            if (end != std::string::npos) {
                auto line = buffer_.substr(0, end);
                buffer_.erase(0, end + 1);
                return line;
            }
            if (buffer_.size() > line_max)
                throw error("a line on the control socket is longer than {} bytes", line_max);
            fill();
        }
    }

    std::string read_bytes(std::size_t size)
    {
        while (buffer_.size() < size)
            fill();
        auto bytes = buffer_.substr(0, size);
        buffer_.erase(0, size);
        return bytes;
    }

private:
    void fill()
    {
        char piece[65536];
        ssize_t got = 0;
        do
            got = ::recv(descriptor_, piece, sizeof piece, 0);
        while (got < 0 && errno == EINTR);
        if (got <= 0)
            throw error("the other side of the control socket {}", got == 0 ? "closed it" : "does not answer");
        buffer_.append(piece, static_cast<std::size_t>(got));
    }

    int descriptor_;
    std::string buffer_;
};

sockaddr_un address_of(const std::filesystem::path& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto text = path.string();
    if (text.size() >= sizeof address.sun_path)
        throw error("the path of the control socket is longer than {} bytes: {} (use a shorter state folder)",
                    sizeof address.sun_path - 1, text);
    std::memcpy(address.sun_path, text.c_str(), text.size() + 1);
    return address;
}

const sockaddr* generic(const sockaddr_un& address)
{
    return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

int new_socket()
{
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        throw error("no control socket: {}", system_message());
    return descriptor;
}

std::string line_of(const Json& message)
{
    return message.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

ControlRequest read_request(Connection& client)
{
    const auto line = client.read_line();
    ControlRequest request{Json::parse(line, nullptr, false), {}};
    if (!request.command.is_object() || !request.command.contains("command"))
        throw error("the control socket takes one line of JSON with a \"command\"");
    const auto size = request.command.value("size", std::size_t(0));
    if (size > ControlServer::bytes_max)
        throw error("{} bytes are more than the {} the control socket takes", size, ControlServer::bytes_max);
    request.bytes = client.read_bytes(size);
    return request;
}

Json answer_client(Connection& client, const ControlServer::Answer& answer)
{
    try {
        client.set_timeout(client_patience);
        const auto request = read_request(client);
        bool gone = false;
        return answer(request, [&](const std::string& text) {
            try {
                if (!gone)
                    client.send(line_of({{"progress", text}}));
            } catch (const Error&) {
                gone = true; // the work goes on without its watcher
            }
        });
    } catch (const std::exception& failure) { // the edge of a request
        return {{"exit", static_cast<int>(exit_code(failure))}, {"error", full_message(failure)}};
    }
}

} // namespace

ControlServer::ControlServer(const std::filesystem::path& socket) : path_(socket)
{
    const auto address = address_of(path_);
    listener_ = new_socket();
    ::unlink(path_.c_str());
    const auto mask = ::umask(0117);
    const bool bound = ::bind(listener_, generic(address), sizeof address) == 0;
    ::umask(mask);
    if (!bound || ::listen(listener_, 16) != 0) {
        const auto why = system_message();
        ::close(listener_);
        throw error("{}: cannot listen: {}", path_.string(), why);
    }
}

ControlServer::~ControlServer()
{
    ::unlink(path_.c_str());
    ::close(listener_);
}

void ControlServer::serve_one(std::optional<std::chrono::milliseconds> timeout, int wake_descriptor,
                              const Answer& answer)
{
    pollfd wanted[] = {{listener_, POLLIN, 0}, {wake_descriptor, POLLIN, 0}};
    const int ready = ::poll(wanted, 2, timeout ? static_cast<int>(timeout->count()) : -1);
    if (ready <= 0 || (wanted[0].revents & POLLIN) == 0)
        return;
    Connection client(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    if (client.descriptor() < 0)
        return;
    const auto reply = answer_client(client, answer);
    try {
        client.send(line_of(reply));
    } catch (const Error&) {
        // The client went away before its answer; what it asked for is done and recorded.
    }
}

std::optional<Json> ask_daemon(const std::filesystem::path& socket, const ControlRequest& request,
                               const ControlServer::Progress& progress)
{
    const auto address = address_of(socket);
    Connection daemon(new_socket());
    if (::connect(daemon.descriptor(), generic(address), sizeof address) != 0)
        return std::nullopt;
    Json command = request.command;
    command["size"] = request.bytes.size();
    daemon.send(line_of(command));
    daemon.send(request.bytes);
    for (;;) {
        auto line = Json::parse(daemon.read_line(), nullptr, false);
        if (line.is_object() && line.contains("exit"))
            return line;
        if (line.is_object() && line.contains("progress") && progress)
            progress(line["progress"].get<std::string>());
    }
}

} // namespace skurd
