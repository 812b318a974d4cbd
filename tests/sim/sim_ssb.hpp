#pragma once

#include "base/clock.hpp"
#include "tests/sim/http_server.hpp"
#include "tests/sim/sim_table.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace skurd::sim {

/// A simulated Statistics Norway: PxWebApi v2 on loopback over real HTTP, from construction to destruction. Every
/// member function may be called from any thread. README.md says what it serves and how close to the real one.
class SimSsb {
public:
    /// The clock is only asked for the time, from other threads, and must outlive the object. Port 0 = any free one.
    explicit SimSsb(Clock& clock, int port = 0);

    std::string base_url() const; ///< "http://127.0.0.1:4711/api/pxwebapi/v2"
    std::string host_url() const; ///< "http://127.0.0.1:4711"

    void add_table(SimTable table); ///< replaces one with the same id
    /// Publishes a release: cells and codes change, and `updated` is the given text. Throws Error for what is not
    /// there.
    void publish(const std::string& table, const SimChanges& changes, const std::string& updated);

    /// The next n requests get this reply instead of theirs.
    void fail_next(int n, HttpReply reply);
    /// The next answer breaks off after so many bytes of its body.
    void cut_next(std::size_t bytes);
    /// From now on at most so many calls in any window; the rest get 429 and Retry-After. Refused calls do not count.
    void rate_limit(int calls, std::chrono::seconds window);
    void limit_cells(std::size_t cells_max); ///< 800 000 unless told

    /// Every request but those to /sim, oldest first: "GET /api/pxwebapi/v2/tables/07459?lang=no".
    std::vector<std::string> log() const;

private:
    HttpReply answer(const HttpRequest& request);
    HttpReply answer_sim(const HttpRequest& request);
    HttpReply answer_api(const HttpRequest& request) const;
    HttpReply answer_list(const HttpRequest& request, const std::string& language) const;
    HttpReply answer_data(const SimTable* table, const HttpRequest& request, const std::string& language) const;
    bool take_call(std::map<std::string, std::string>& headers);

    Clock& clock_;
    mutable std::mutex mutex_; ///< guards everything below but the server
    std::map<std::string, SimTable> tables_;
    std::deque<HttpReply> failures_;
    std::optional<std::size_t> cut_;
    std::vector<std::string> log_;
    std::size_t cells_max_ = 800'000;
    int calls_max_ = 0; ///< 0 = no limit
    std::chrono::seconds window_{60};
    std::deque<Time> calls_;
    HttpServer server_; ///< last: its threads use all of the above
};

HttpReply html_page();                                ///< 200, "the statbank is being maintained"
HttpReply status_reply(int status, std::string body); ///< with a plain text body

} // namespace skurd::sim
