#pragma once

#include "base/file_descriptor.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// The message that belongs to errno.
std::string system_message();

/// One end of a connected stream socket, closed with the object. It waits until its deadline at most, whatever
/// trickles in meanwhile; without one for ever. Everything throws Error when the other side is gone, the deadline
/// has passed, or a limit is.
class Connection {
public:
    using Deadline = std::optional<std::chrono::steady_clock::time_point>;

    /// Owns `socket`. While `wake_descriptor` (-1 = none) is readable, what would wait for bytes throws instead.
    explicit Connection(int socket, int wake_descriptor = -1) : socket_(socket), wake_(wake_descriptor) {}
    ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int descriptor() const { return socket_.get(); }
    void set_deadline(Deadline deadline) { deadline_ = deadline; }

    void send(std::string_view bytes);

    /// The next line without its end, of at most `size_max` bytes.
    std::string read_line(std::size_t size_max);
    std::string read_bytes(std::size_t size);

private:
    void fill();
    void wait_for(short event, int wake);

    FileDescriptor socket_;
    int wake_;
    Deadline deadline_;
    std::string buffer_; ///< read, but not asked for yet
};

} // namespace skurd
