#pragma once

#include "base/clock.hpp"

#include <string>

namespace skurd {

/// What a connector asks the host to get. The host adds pace, retries, limits, user agent.
struct Request {
    enum class Kind {
        http, ///< `url` over HTTP
        file, ///< the next finished file in folder `url` whose name fits the glob `pattern`
    };

    Kind kind = Kind::http;
    std::string method = "GET";
    std::string url;
    std::string pattern;
    std::string body;
    std::string content_type; ///< of the body
    std::string accept;       ///< "" = anything
    std::string purpose;      ///< for people: "metadata of table 07459"
};

/// What came back. Any HTTP status the host does not retry or treat as final arrives here, for the connector to read.
struct Response {
    int status = 200;       ///< HTTP status; 200 for a file
    std::string url;        ///< after redirects; the path of a file
    std::string media_type; ///< lower case, without parameters; "" when not stated
    std::string body;
    Time received_at{};
    Time modified_at{}; ///< of a file; else 0
};

} // namespace skurd
