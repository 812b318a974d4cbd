#pragma once

#include "base/clock.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// What a connector asks the host to get. The host adds pace, retries, limits, user agent.
struct Request {
    enum class Kind {
        http,    ///< `url` over HTTP
        file,    ///< the next finished file in folder `url` whose name fits the glob `pattern`
        program, ///< what the program `arguments` prints
    };

    Kind kind = Kind::http;
    std::string method = "GET";
    std::string url;
    std::string pattern;
    std::string body;
    std::string content_type; ///< of the body
    std::string accept;       ///< "" = anything
    std::string purpose;      ///< for people: "metadata of table 07459"
    /// An answer to the very same request that came less than this ago will do: a question that the jobs of one
    /// source share. 0 = ask.
    std::chrono::seconds share{0};
    /// How often this run asked for the very same before, where a second answer is what is wanted: whether the source
    /// still says it. An Exchange refuses what it was asked before otherwise.
    int repeat = 0;

    std::vector<std::string> arguments;              ///< of a program: its absolute path first; no shell reads them
    std::chrono::seconds time_max{60};               ///< of a program, by the clock on the wall
    std::size_t memory_max = std::size_t(512) << 20; ///< of a program, address space in bytes
    std::size_t output_max = std::size_t(64) << 20;  ///< of a program, bytes
};

/// What came back. Any HTTP status the host does not retry or treat as final arrives here, for the connector to read.
struct Response {
    int status = 200; ///< HTTP status; 200 for a file and a program
    /// What was asked for, wherever a redirect led; the path of a file or program. A Fetcher may say where it ended:
    /// an Exchange puts what it asked for in its place.
    std::string url;
    std::string media_type; ///< lower case, without parameters; "" when not stated
    std::string body;
    Time received_at{};
    Time modified_at{};             ///< of a file; else 0
    std::optional<Time> dated_at{}; ///< by the server's own clock: its header `Date`
    bool was_cached = false;        ///< it lay in a cache on the way, so `dated_at` is not when it came

    std::optional<Time> file_time() const { return modified_at == Time{} ? std::nullopt : std::optional(modified_at); }
};

} // namespace skurd
