// An entry is lines of NAME=value. A value with a line end in it is written in another form: the name and a line end,
// the size as 64 bits from the lowest byte on, the value, a line end.
#include "lib/systemd/journal.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace skurd {

namespace {

constexpr auto journal_socket = "/run/systemd/journal/socket";

void append_field(std::string& entry, const std::string& name, const std::string& value)
{
    entry += name;
    if (value.find('\n') == std::string::npos) {
        entry += '=';
    } else {
        entry += '\n';
        for (unsigned shift = 0; shift < 64; shift += 8)
            entry += static_cast<char>(static_cast<std::uint64_t>(value.size()) >> shift & 0xffU);
    }
    entry += value;
    entry += '\n';
}

} // namespace

std::optional<Journal> Journal::of_standard_error()
{
    const char* stream = std::getenv("JOURNAL_STREAM");
    struct stat error {};
    if (!stream || ::fstat(STDERR_FILENO, &error) != 0 || fmt::format("{}:{}", error.st_dev, error.st_ino) != stream)
        return std::nullopt;
    return at(journal_socket);
}

std::optional<Journal> Journal::at(const std::string& socket)
{
    sockaddr_un address{};
    if (socket.size() >= sizeof address.sun_path)
        return std::nullopt;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socket.c_str(), socket.size() + 1);
    FileDescriptor own(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const auto* generic = static_cast<const sockaddr*>(static_cast<const void*>(&address));
    if (!own || ::connect(own.get(), generic, sizeof address) != 0)
        return std::nullopt;
    return Journal(std::move(own));
}

bool Journal::send(const Fields& fields) const
{
    std::string entry;
    for (const auto& [name, value] : fields)
        append_field(entry, name, value);
    return ::send(socket_.get(), entry.data(), entry.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(entry.size());
}

} // namespace skurd
