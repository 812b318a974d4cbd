#include "serve/control_socket.hpp"

#include "base/error.hpp"
#include "serve/connection.hpp"

#include <fcntl.h>
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
constexpr std::size_t answer_max = 64 << 20;
constexpr std::chrono::seconds pause_without_descriptors{1};

/// Until when so many bytes may take from now on: what the other side is given at least, and more for many bytes,
/// so that the largest message has half a minute.
Connection::Deadline deadline_for(std::size_t size, std::chrono::milliseconds patience)
{
    constexpr std::size_t bytes_per_millisecond = (64 << 20) / 28'000;
    return std::chrono::steady_clock::now() + patience + std::chrono::milliseconds(size / bytes_per_millisecond);
}

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

/// How many bytes follow the line; the member is taken out of it.
std::size_t take_size(Json& line)
{
    const auto size = JsonReader(line, "order").optional_integer("size", 0, ControlServer::bytes_max).value_or(0);
    line.erase("size");
    return static_cast<std::size_t>(size);
}

OrderMessage read_request(Connection& client, std::chrono::milliseconds patience)
{
    client.set_deadline(deadline_for(0, patience));
    OrderMessage request{parse_json(client.read_line(line_max)), {}};
    if (!request.json.is_object() || !request.json.contains("order"))
        throw error("the control socket takes one line of JSON with an \"order\"");
    const auto size = take_size(request.json);
    client.set_deadline(deadline_for(size, patience));
    request.bytes = client.read_bytes(size);
    return request;
}

Json answer_client(Connection& client, std::chrono::milliseconds patience, const ControlServer::Answer& answer)
{
    try {
        auto request = read_request(client, patience);
        bool gone = false;
        return answer(std::move(request), [&](const std::string& text) {
            try {
                client.set_deadline(std::chrono::steady_clock::now());
                if (!gone)
                    client.send(line_of({{"progress", text}}));
            } catch (const Error&) {
                gone = true; // the work goes on without its watcher, and does not wait for one that does not read
            }
        });
    } catch (const std::exception& failure) { // the edge of a request
        return {{"exit", static_cast<int>(exit_code(failure))}, {"error", full_message(failure)}};
    }
}

void send_reply(Connection& client, const Json& answer, std::chrono::milliseconds patience)
{
    const auto reply = line_of(answer);
    try {
        client.set_deadline(deadline_for(reply.size(), patience));
        client.send(reply);
    } catch (const Error&) {
        // The client went away before its answer; what it asked for is done and recorded.
    }
}

FileDescriptor new_spare()
{
    return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

} // namespace

ControlServer::ControlServer(const std::filesystem::path& socket, std::chrono::milliseconds patience)
    : path_(socket), patience_(patience)
{
    const auto address = address_of(path_);
    listener_ = FileDescriptor(new_socket());
    ::unlink(path_.c_str());
    const auto mask = ::umask(0117);
    const bool bound = ::bind(listener_.get(), generic(address), sizeof address) == 0;
    ::umask(mask);
    if (!bound || ::listen(listener_.get(), 16) != 0)
        throw error("{}: cannot listen: {}", path_.string(), system_message());
    spare_ = new_spare();
}

ControlServer::~ControlServer()
{
    ::unlink(path_.c_str());
}

/// A client that stays in the queue keeps the listener readable, and the daemon would go round and round.
void ControlServer::reject_client(int wake_descriptor)
{
    spare_ = FileDescriptor();
    {
        Connection client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        pollfd wake{wake_descriptor, POLLIN, 0};
        if (client.descriptor() < 0)
            ::poll(&wake, 1, static_cast<int>(std::chrono::milliseconds(pause_without_descriptors).count()));
        else
            send_reply(client,
                       {{"exit", static_cast<int>(ExitCode::failed)},
                        {"error", "the daemon has too many files open; try again, and raise its limit "
                                  "(LimitNOFILE) if it stays so"}},
                       patience_);
    }
    spare_ = new_spare();
}

void ControlServer::serve_one(std::optional<std::chrono::milliseconds> timeout, int wake_descriptor,
                              const Answer& answer)
{
    pollfd wanted[] = {{listener_.get(), POLLIN, 0}, {wake_descriptor, POLLIN, 0}};
    const int ready = ::poll(wanted, 2, timeout ? static_cast<int>(timeout->count()) : -1);
    if (ready <= 0 || wanted[1].revents != 0 || (wanted[0].revents & POLLIN) == 0)
        return;
    Connection client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC), wake_descriptor);
    if (client.descriptor() < 0) {
        if (errno == EMFILE || errno == ENFILE)
            reject_client(wake_descriptor);
        return;
    }
    send_reply(client, answer_client(client, patience_, answer), patience_);
}

std::optional<Json> ask_daemon(const std::filesystem::path& socket, const OrderMessage& request,
                               const OrderProgress& progress)
{
    const auto address = address_of(socket);
    Connection daemon(new_socket());
    if (::connect(daemon.descriptor(), generic(address), sizeof address) != 0)
        return std::nullopt;
    Json line = request.json;
    line["size"] = request.bytes.size();
    try {
        daemon.send(line_of(line));
        daemon.send(request.bytes);
    } catch (const Error&) {
        // A daemon that refuses a request does so before it has read all of it: the answer says why.
    }
    for (;;) {
        auto answer = parse_json(daemon.read_line(answer_max));
        if (answer.is_object() && answer.contains("exit"))
            return answer;
        if (progress && answer.is_object() && answer.contains("progress") && answer["progress"].is_string())
            progress(answer["progress"].get<std::string>());
    }
}

} // namespace skurd
