#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace skurd {

/// One HTTP exchange to perform, with every limit it is held to.
struct CurlExchange {
    std::string method = "GET"; ///< or "POST"
    std::string url;
    std::vector<std::string> headers; ///< "Accept: application/json"
    std::string body;
    std::string user_agent;
    std::string proxy;      ///< without name and password; "" = none; the environment's proxies are never used
    std::string proxy_name; ///< "" = it wants none
    std::string proxy_password;
    bool allow_http = false;    ///< without TLS; otherwise only https
    bool allow_private = false; ///< a peer that is_public_address() refuses; a proxy's own address is not judged
    /// The only addresses the URL's host has, written out; empty = it is an address, or a proxy knows.
    std::vector<std::string> addresses;
    std::chrono::seconds connect_timeout{10};
    std::chrono::seconds first_byte_timeout{65}; ///< from the request to the first line of a response
    std::chrono::seconds stall_timeout{30};      ///< with less than 100 bytes a second all that time, once it began
    std::chrono::seconds total_timeout{90};
    std::size_t bytes_max = 0; ///< of the body, both as sent and after decompression
};

struct CurlResponse {
    int status = 0;
    std::map<std::string, std::string> headers; ///< names in lower case; the last of those that repeat
    std::string body;                           ///< decompressed

    std::string header(const std::string& name) const; ///< "" when it is not there
};

/// Why there is no response.
struct CurlFailure {
    enum class Kind {
        transport,       ///< no connection, a broken one, a time limit: may pass
        refused,         ///< a protocol that is not allowed, a certificate that does not hold: will not pass
        private_address, ///< the host has an address that is not allowed
        too_large,       ///< the body passed bytes_max
        stopped,         ///< the stop token
    };
    Kind kind = Kind::transport;
    std::string text; ///< curl's words
};

/// A libcurl easy handle: keeps its connection between exchanges, for five minutes at most, so use one for each host.
/// Follows no redirect; TLS is 1.2 or newer. For one thread at a time.
class CurlEasy {
public:
    CurlEasy(); ///< Throws Error when libcurl cannot start.
    ~CurlEasy();
    CurlEasy(const CurlEasy&) = delete;
    CurlEasy& operator=(const CurlEasy&) = delete;
    CurlEasy(CurlEasy&&) noexcept;
    CurlEasy& operator=(CurlEasy&&) noexcept;

    /// Blocks until the exchange is done, fails or is stopped (seen within about a second).
    std::variant<CurlResponse, CurlFailure> perform(const CurlExchange& exchange, std::stop_token stop);

private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

} // namespace skurd
