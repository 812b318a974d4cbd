#pragma once

#include "model/request.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace skurd {

/// Gets what a connector asks for. The host's side of every exchange: pace, retries, limits.
/// Not thread-safe: one run uses a fetcher at a time.
class Fetcher {
public:
    virtual ~Fetcher() = default;

    /// A run begins, of a job that names these hosts (Guarantee::hosts): until the next one, no others are called.
    virtual void begin_run(const std::vector<std::string>& hosts) { static_cast<void>(hosts); }

    /// A person wants an answer now: what the hosts of this run asked for earlier, to be left alone for a time, does
    /// not keep it from asking.
    virtual void lift_holds() {}

    /// Answers that were shared are asked for anew: a person wants to know what the source says now.
    virtual void forget_answers() {}

    /// The answer to that request was of no use: if it is shared, it is not given again.
    virtual void forget_answer(const Request& request) { static_cast<void>(request); }

    /// The response, whatever its HTTP status, once retries are spent; nothing where there is nothing to get (a file
    /// request when no finished file waits). Throws Error when no answer could be had, a limit was passed or a stop
    /// was requested.
    virtual std::optional<Response> fetch(const Request& request, std::stop_token stop) = 0;
};

} // namespace skurd
