#pragma once

#include "base/clock.hpp"
#include "lib/json/json.hpp"
#include "tests/sim/http_server.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace skurd::sim {

/// Thrown inside a simulator: the request ends with this reply.
struct Problem {
    HttpReply reply;
};

HttpReply html_page();                                ///< 200, "the statbank is being maintained"
HttpReply status_reply(int status, std::string body); ///< with a plain text body
HttpReply json_reply(std::string body, int status = 200);

/// ASP.NET reads a body only when it is said to be JSON. Throws Problem: 415.
void require_json(const HttpRequest& request);

/// How many calls a server takes in any window of time.
struct CallLimit {
    int calls_max = 0; ///< 0 = no limit
    std::chrono::seconds window{60};
    bool counts_refused = false; ///< whether a refused call keeps the caller out for longer
    std::deque<Time> calls;

    bool take(Time now); ///< counts the call; false = one too many
    std::chrono::seconds wait(Time now) const;
    std::size_t remaining() const;
};

/// What the simulated sources share: a log, answers that are armed to fail, a limit of calls. Every member function
/// may be called from any thread.
class Simulator {
public:
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    /// The next n requests get this reply instead of theirs, after `honest` more that are answered as always.
    void fail_next(int n, const HttpReply& reply, int honest = 0);
    /// The next answer breaks off after so many bytes of its body.
    void cut_next(std::size_t bytes);
    /// From now on at most so many calls in any window; the rest get 429 and Retry-After.
    void rate_limit(int calls, std::chrono::seconds window);

    /// Every request but those to /sim, oldest first: "GET /api/pxwebapi/v2/tables/07459?lang=no".
    std::vector<std::string> log() const;
    std::vector<std::string> bodies() const; ///< what came with each of them
    void clear_log();
    int refused() const; ///< calls beyond the limit so far

protected:
    using Answer = std::function<HttpReply(const HttpRequest&)>;
    /// A command for use by hand, under /sim/: its name and the JSON it came with. Nothing = not known.
    using Command = std::function<std::optional<std::string>(const std::string&, const Json&)>;

    /// The clock must outlive the object; it is asked from the server's threads.
    explicit Simulator(Clock& clock) : clock_(clock) {}
    ~Simulator() = default;

    /// Serves one request, holding the mutex: a command, or by the limit, the armed failures, and then `answer`.
    HttpReply serve(const HttpRequest& request, CallLimit& limit, const Answer& refuse, const Answer& answer,
                    const Command& command);
    /// 429 as gateways in front of the statbanks say it.
    HttpReply refuse_plainly(const CallLimit& limit) const;

    Clock& clock_;
    mutable std::mutex mutex_; ///< guards everything below, and what a simulator serves from
    CallLimit limit_;

private:
    std::optional<std::string> common_command(const std::string& name, const Json& json);

    std::deque<std::optional<HttpReply>> failures_; ///< nothing = an honest answer in between
    std::optional<std::size_t> cut_;
    std::vector<std::string> log_;
    std::vector<std::string> bodies_;
    int refused_ = 0;
};

} // namespace skurd::sim
