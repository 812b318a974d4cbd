#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace skurd::sim {

struct HttpRequest {
    std::string method;
    std::string path;                               ///< decoded, without the query
    std::string target;                             ///< as it came in: path and query
    std::multimap<std::string, std::string> params; ///< of the query, decoded
    std::string body;
    std::map<std::string, std::string> headers; ///< names in lower case
};

struct HttpReply {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::map<std::string, std::string> headers;
    std::string body;
    /// Sends only so many bytes of the body it announced, then closes the connection.
    std::optional<std::size_t> cut_after;
};

/// An HTTP server on 127.0.0.1, in threads of its own, from construction to destruction. JSON and HTML are sent
/// compressed to clients that take gzip. (cpp-httplib, kept to one source file.)
class HttpServer {
public:
    using Answer = std::function<HttpReply(const HttpRequest&)>;

    /// `answer` is called from several threads. Port 0 = any free one. Throws Error when the port is taken.
    HttpServer(int port, Answer answer);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    int port() const;

private:
    struct Running;
    std::unique_ptr<Running> running_;
};

} // namespace skurd::sim
