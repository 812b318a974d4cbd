#pragma once

#include "base/file_descriptor.hpp"
#include "order/order_desk.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

namespace skurd {

// The control socket: a request is one line of JSON {"order": name, …, "size": N}, then the N bytes of the file that
// goes with it. The answer is lines of JSON: any number of {"progress": text}, then one {"exit": code, …} that ends
// it.

/// The daemon's end of `<state>/skurd.sock`, a Unix stream socket that the owner and group may use. One client at a
/// time; further ones wait. For one thread.
class ControlServer {
public:
    static constexpr std::size_t bytes_max = 64 << 20;
    static constexpr std::chrono::milliseconds patience_default{2000};
    using Answer = std::function<Json(OrderMessage, const OrderProgress&)>;

    /// Binds, replacing a socket file left by a dead daemon: the caller holds the state folder's lock, so no other
    /// daemon lives. `patience` is what a client has for sending its line; bytes and answers get more in proportion
    /// to their size, 30 seconds in all at most. Throws Error.
    explicit ControlServer(const std::filesystem::path& socket,
                           std::chrono::milliseconds patience = patience_default);
    ~ControlServer();
    ControlServer(const ControlServer&) = delete;
    ControlServer& operator=(const ControlServer&) = delete;

    /// Waits for a client at most `timeout` (for ever where it is nothing), or until `wake_descriptor` becomes
    /// readable, and answers it. A client that sends nothing sensible in time is told so and dropped, and so is one
    /// whose request is not there whole when `wake_descriptor` becomes readable. One that does not read what is sent
    /// to it holds up nothing but its own answer. While the process has no file descriptor left, clients are told so
    /// and refused.
    void serve_one(std::optional<std::chrono::milliseconds> timeout, int wake_descriptor, const Answer& answer);

private:
    void reject_client(int wake_descriptor);

    std::filesystem::path path_;
    std::chrono::milliseconds patience_;
    FileDescriptor listener_;
    FileDescriptor spare_; ///< given up for a client when there is no other descriptor for it
};

/// The command line's end. Sends a request and gives the final answer; nothing when no daemon listens there.
/// Waits as long as the daemon works. Throws Error when it goes away before it has answered.
std::optional<Json> ask_daemon(const std::filesystem::path& socket, const OrderMessage& request,
                               const OrderProgress& progress);

} // namespace skurd
