#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace skurd {

/// A request. Names of headers do not matter here: what is asked of them has its member.
struct HttpRequest {
    std::string method;                          ///< "GET"
    std::string path;                            ///< decoded, without the query: "/api/v1/orders"
    std::map<std::string, std::string> query;    ///< decoded; the last of those that repeat
    std::string content_type;                    ///< in lower case, without parameters; "" = none stated
    std::optional<std::uint64_t> content_length; ///< as announced; nothing where it was not, or is no number
    bool is_chunked = false;                     ///< the body comes without a length
    std::optional<std::string> host;             ///< as the header has it; nothing where there is none, or several
    std::string accept;                          ///< the header Accept; "" = none
    std::string accept_encoding;                 ///< the header Accept-Encoding; "" = none
    std::string accept_language;                 ///< the header Accept-Language; "" = none
    std::string cookie;                          ///< the header Cookie; "" = none
    std::string if_none_match;                   ///< the header If-None-Match; "" = none
    std::string authorization;                   ///< the header Authorization; "" = none
    std::optional<std::uint32_t> peer_uid;       ///< who is at the other end of a Unix socket
    std::string peer_address;                    ///< and of a TCP connection: "127.0.0.1", "::1"; "" = a Unix socket
    std::string local_address;                   ///< the address that such a connection came to
    std::string body;                            ///< but for a form
    /// The parts of multipart/form-data, and the fields of application/x-www-form-urlencoded; of several of one name
    /// the bytes follow one another.
    std::map<std::string, std::string> form;
};

/// A body whose end is not known when it begins. Used by one thread at a time.
class HttpStream {
public:
    virtual ~HttpStream() = default; ///< also when the client has gone

    /// What to send next, without waiting; "" where there is nothing yet: then it is asked again after
    /// HttpDaemon::wake_streams(). Nothing = that was all.
    virtual std::optional<std::string> next() = 0;
};

/// Nobody reads any more what is being written.
class ReaderGone : public std::exception {
public:
    const char* what() const noexcept override { return "nobody reads the answer any more"; }
};

/// Takes the next bytes of a body, and waits where its reader is slow. Throws ReaderGone.
using BodyWriter = std::function<void(std::string_view)>;

struct HttpResponse {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::unique_ptr<HttpStream> stream; ///< instead of a body
    /// Instead of both, of a request that takes long: writes the body piece by piece, on the thread that answered,
    /// for as long as that takes; nothing that it uses may be the request's. What it gives, or throws, becomes the
    /// answer while little of the body was written (HttpDaemon::piece_size); afterwards the connection is closed in
    /// the middle of it, as the client notices. It lets ReaderGone through.
    std::function<std::optional<HttpResponse>(const BodyWriter&)> produce;
};

/// A response with its body at hand: what produces it is run.
HttpResponse whole(HttpResponse response);

/// On what terms a request is taken.
struct RequestTerms {
    enum class Answering {
        at_once,    ///< on the thread that serves all: the answer must not wait for anything
        may_wait,   ///< for the disk: on a thread of its own, in turn with others of the kind
        takes_long, ///< on one of some threads; it may produce its body
    };

    std::size_t bytes_max = 0; ///< of the body, and of all parts of a form
    std::size_t parts_max = 0; ///< of a form
    Answering answering = Answering::at_once;
};

/// What answers requests.
class HttpService {
public:
    virtual ~HttpService() = default;

    /// Once the head of a request is there: its terms, or an answer that spares the rest. Must not wait.
    virtual std::variant<RequestTerms, HttpResponse> begin(const HttpRequest& head) = 0;
    virtual HttpResponse answer(const HttpRequest& request) = 0;
    /// The same for a request that cannot be read to its end, or met an exception. Must not wait.
    virtual HttpResponse refuse(int status, const std::string& why) = 0;
};

} // namespace skurd
