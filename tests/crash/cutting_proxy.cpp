#include "tests/crash/cutting_proxy.hpp"

#include "base/error.hpp"

#include <array>
#include <cstring>
#include <optional>
#include <string_view>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace skurd::crash {

namespace {

constexpr auto socket_name = ".s.PGSQL.5432";

FileDescriptor new_socket()
{
    FileDescriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!made)
        throw error("no socket: {}", std::strerror(errno));
    return made;
}

sockaddr_un address_of(const std::filesystem::path& folder)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto path = (folder / socket_name).string();
    if (path.size() >= sizeof address.sun_path)
        throw error("{}: too long for a socket", path);
    std::copy(path.begin(), path.end(), std::begin(address.sun_path));
    return address;
}

/// False where nobody takes it any more.
bool send_all(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// What came; "" = no more comes.
std::string_view receive(int socket, std::array<char, 65536>& buffer)
{
    const auto count = ::recv(socket, buffer.data(), buffer.size(), 0);
    return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

/// A client's bytes as messages: a kind and a length each, but for the first, which has no kind.
class Messages {
public:
    void add(std::string_view bytes) { bytes_.append(bytes); }

    /// The next whole one; its kind is '\0' for the first.
    std::optional<std::pair<char, std::string>> next()
    {
        const std::size_t kind = is_begun_ ? 1 : 0;
        if (bytes_.size() < kind + 4)
            return std::nullopt;
        std::size_t length = 0;
        for (std::size_t i = kind; i < kind + 4; ++i)
            length = length << 8 | static_cast<unsigned char>(bytes_[i]);
        if (bytes_.size() < kind + length)
            return std::nullopt;
        std::pair<char, std::string> found(is_begun_ ? bytes_[0] : '\0', bytes_.substr(0, kind + length));
        bytes_.erase(0, kind + length);
        is_begun_ = true;
        return found;
    }

private:
    std::string bytes_;
    bool is_begun_ = false;
};

} // namespace

CuttingProxy::CuttingProxy(std::filesystem::path server) : server_(std::move(server)), listening_(new_socket())
{
    const auto address = address_of(folder_.path());
    if (::bind(listening_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listening_.get(), 20) != 0)
        throw error("{}: cannot be listened on: {}", folder_.path().string(), std::strerror(errno));
    accepting_ = std::jthread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy()
{
    ::shutdown(listening_.get(), SHUT_RDWR);
    accepting_.join();
    for (const auto& connection : connections_)
        for (const auto* end : {&connection.client, &connection.server})
            ::shutdown(end->get(), SHUT_RDWR);
}

std::string CuttingProxy::url(const std::string& url_of_server) const
{
    return url_of_server.substr(0, url_of_server.find("host=")) + "host=" + folder_.path().string();
}

void CuttingProxy::cut_at(std::size_t request, Cut how)
{
    const std::scoped_lock lock(mutex_);
    connections_.clear(); // whose clients have ended
    has_cut_ = false;
    how_ = how;
    cut_at_ = request;
    requests_ = 0;
}

FileDescriptor CuttingProxy::connected() const
{
    auto made = new_socket();
    const auto address = address_of(server_);
    if (::connect(made.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        ::shutdown(made.get(), SHUT_RDWR); // its client sees that nobody answers
    return made;
}

void CuttingProxy::accept_all()
{
    for (;;) {
        FileDescriptor client(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!client)
            return;
        const std::scoped_lock lock(mutex_);
        auto& connection = connections_.emplace_back(Connection{std::move(client), connected(), {}, {}});
        connection.asks = std::jthread([this, &connection] { pass_requests(connection); });
        connection.answers = std::jthread([&connection] { pass_answers(connection); });
    }
}

bool CuttingProxy::is_to_be_cut()
{
    const bool here = ++requests_ == cut_at_;
    if (here)
        has_cut_ = true;
    return here;
}

void CuttingProxy::pass_requests(const Connection& connection)
{
    std::array<char, 65536> buffer{};
    Messages messages;
    const int client = connection.client.get();
    const int server = connection.server.get();
    for (auto bytes = receive(client, buffer); !bytes.empty(); bytes = receive(client, buffer)) {
        messages.add(bytes);
        while (const auto message = messages.next()) {
            const bool cut =
                std::string_view("\0QSdc", 5).find(message->first) != std::string_view::npos && is_to_be_cut();
            if (!(cut && how_ == Cut::before_request))
                send_all(server, message->second);
            if (!cut)
                continue;
            ::shutdown(client, SHUT_RDWR);
            ::shutdown(server, SHUT_WR);
            return;
        }
    }
    ::shutdown(server, SHUT_WR);
}

void CuttingProxy::pass_answers(const Connection& connection)
{
    std::array<char, 65536> buffer{};
    for (auto bytes = receive(connection.server.get(), buffer); !bytes.empty();
         bytes = receive(connection.server.get(), buffer))
        send_all(connection.client.get(), bytes); // where nobody takes it, the server is still listened to
    ::shutdown(connection.client.get(), SHUT_RDWR);
}

} // namespace skurd::crash
