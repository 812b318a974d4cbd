#pragma once

#include "tests/sim/raw_server.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace skurd::sim {

/// What can be wrong with an answer. The order is by kind, and misbehave() goes by it.
enum class Fault {
    none,
    latency,             ///< whole and right, but only once released (or after the delay)
    silent,              ///< not one byte, until the client closes or a release ends the connection
    drip,                ///< a byte at a time
    too_long,            ///< announces a thousand bytes more than it sends
    too_short,           ///< announces half of what it sends
    truncated,           ///< sends half of the body in chunks, and closes without the last one
    reset,               ///< half of the body, then RST
    headers,             ///< header lines without end
    chunks,              ///< chunks without end
    gzip_bomb,           ///< a megabyte that unpacks to a gigabyte of zeros
    deflate_bomb,        ///< JSON of the same size, as deflate
    redirect_out,        ///< to a host nobody named: http://elsewhere.invalid/
    redirect_link_local, ///< to http://169.254.169.254/
    redirect_loopback,   ///< to another port of 127.0.0.1
    redirect_file,       ///< to file:///etc/passwd
    redirect_circle,     ///< between two addresses of its own
    redirect_deep,       ///< six times, and then the right answer
    retry_zero,          ///< 429 with Retry-After: 0
    retry_absurd,        ///< 99999999999
    retry_past,          ///< an HTTP date long gone
    retry_future,        ///< an HTTP date in a far century
    retry_negative,      ///< -5
    retry_garbage,       ///< "soon"
    unavailable,         ///< 503 with an HTML page
    html,                ///< 200 with an HTML page
    garbage_status,      ///< not a status line
    http09,              ///< the body and nothing else
};

struct FaultName {
    Fault fault;
    std::string_view name; ///< as it is written on a command line or in a URL: "gzip-bomb"
    std::string_view what;
};

const std::vector<FaultName>& fault_names(); ///< all but none
std::optional<Fault> fault_named(std::string_view name);
std::string_view name_of(Fault fault); ///< "none" for none

/// An answer as it should be, taken apart.
struct RawReply {
    std::string raw;  ///< all its bytes, as they came
    std::string head; ///< status line and headers but for those of length and connection; lines ended
    std::string body;

    static RawReply of(std::string raw);
    static RawReply json(const std::string& body);
};

/// How a fault is done.
struct FaultSettings {
    std::string loopback_url = "http://127.0.0.1:9/"; ///< where redirect_loopback leads
    std::chrono::milliseconds delay{-1};              ///< of latency; negative = until released
    std::chrono::milliseconds drip{100};              ///< between two bytes
};

/// Sends the answer with the fault in it. `target` is what was asked for.
void misbehave(Wire& wire, Fault fault, const RawReply& right, const std::string& target,
               const FaultSettings& settings);

/// Where a redirect of a fault's own making leads: the client is sent on, or what it first asked for.
struct Detour {
    std::string onwards; ///< "" = at the end
    std::string target;
};
std::optional<Detour> detour_of(const std::string& target); ///< nothing = an ordinary address

} // namespace skurd::sim
