#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace skurd {

/// A part of a form; the bytes outlive the request.
struct FormPart {
    std::string name;
    std::string type; ///< "application/json"
    std::string_view bytes;
};

/// An HTTP request to a program of this machine.
struct SocketRequest {
    std::string method = "GET";
    std::string path;            ///< as it stands in the URL: "/api/v1/orders?from=2"
    std::string json;            ///< the body; "" = none
    std::vector<FormPart> parts; ///< multipart/form-data instead
    /// Where set, is given the body of an answer of status 200 as it comes, on the calling thread. What it throws
    /// ends the request and is thrown by perform().
    std::function<void(std::string_view)> on_bytes;
    std::chrono::seconds silence_max{60}; ///< without a byte either way
};

struct SocketResponse {
    int status = 0;
    std::string body; ///< but for what went to on_bytes
};

/// Why there is no response.
enum class SocketFailure {
    no_server, ///< nobody listens there, or not to us
    broken,    ///< the connection ended before the response did
    silent,    ///< nothing came for too long
    not_http,  ///< somebody listens who speaks otherwise
    too_large, ///< the response passed SocketClient::body_max
};

/// A client of an HTTP server on a Unix socket, by libcurl; keeps its connection. Never goes through a proxy. For one
/// thread at a time.
class SocketClient {
public:
    static constexpr std::size_t body_max = 64 << 20; ///< bytes

    explicit SocketClient(std::filesystem::path socket); ///< Throws Error when libcurl cannot start.
    ~SocketClient();
    SocketClient(const SocketClient&) = delete;
    SocketClient& operator=(const SocketClient&) = delete;

    std::variant<SocketResponse, SocketFailure> perform(const SocketRequest& request);

private:
    struct Handle;
    std::filesystem::path socket_;
    std::unique_ptr<Handle> handle_;
};

} // namespace skurd
