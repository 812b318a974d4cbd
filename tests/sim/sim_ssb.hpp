#pragma once

#include "tests/sim/ssb_state.hpp"

#include <functional>
#include <string>
#include <vector>

namespace skurd::sim {

/// A simulated Statistics Norway: PxWebApi v2 and v1 on loopback over real HTTP, from construction to destruction.
/// README.md says what it serves and how close to the real one.
class SimSsb final : public Simulator {
public:
    /// Port 0 = any free one.
    explicit SimSsb(Clock& clock, int port = 0);

    std::string base_url() const; ///< "http://127.0.0.1:4711/api/pxwebapi/v2"
    std::string v1_url() const;   ///< "http://127.0.0.1:4711/api/v0"
    std::string host_url() const; ///< "http://127.0.0.1:4711"

    void add_table(SimTable table); ///< replaces one with the same id
    /// Adds n small tables "20001", "20002", …, with dimensions Region, ContentsCode and Tid, all last updated at the
    /// given instant.
    void add_many(int n, const std::string& updated);
    /// Publishes a release: cells and codes change, and `updated` is the given text. Throws Error for what is not
    /// there.
    void publish(const std::string& table, const SimChanges& changes, const std::string& updated);
    /// Changes anything else: the title, labels, `discontinued`, what lists say.
    void edit(const std::string& table, const std::function<void(SimTable&)>& change);
    void remove_table(const std::string& table);
    void metadata_flukes(int n); ///< the next n requests for a table's metadata get 404, as any internal error does

    void habits(const SsbHabits& habits);
    void limit_cells(std::size_t cells_max); ///< 800 000 unless told
    /// v1's own limit, beside rate_limit(), which is v2's: refused calls count too, so impatience keeps one out.
    void limit_v1(int calls, std::chrono::seconds window);

private:
    HttpReply answer(const HttpRequest& request);
    HttpReply answer_api(const HttpRequest& request);
    std::optional<std::string> command(const std::string& name, const Json& json);
    SimTable& find(const std::string& table);

    SsbState state_;
    CallLimit limit_v1_;
    int flukes_ = 0;
    HttpServer server_; ///< last: its threads use all of the above
};

} // namespace skurd::sim
