#pragma once

#include "tests/sim/fault.hpp"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace skurd::sim {

/// What the hostile server and the proxy share: a bare server that answers with faults. Every member function may be
/// called from any thread.
class FaultServer {
public:
    virtual ~FaultServer() = default;
    FaultServer(const FaultServer&) = delete;
    FaultServer& operator=(const FaultServer&) = delete;

    std::string host_url() const; ///< "http://127.0.0.1:4711"
    void settings(const FaultSettings& settings);

    /// Whatever is late or silent goes on, and nothing waits any more.
    void release();
    void hold(); ///< takes that back
    /// Waits until so many exchanges in all began with a fault that waits: latency, silent, drip.
    void wait_for_held(int exchanges);

    /// Every exchange, oldest first: "GET /tables drip". Detours of redirects of its own are in it too.
    std::vector<std::string> log() const;

protected:
    explicit FaultServer(int port);

    /// A derived class calls it at the end of its constructor, since its functions are called from then on.
    void start();
    void stop(); ///< and this at the start of its destructor

    virtual Fault choose(const RawRequest& request) = 0;
    virtual RawReply right(const RawRequest& request, const std::string& target) = 0;

    mutable std::mutex mutex_;

private:
    void serve(Wire& wire);

    int wanted_port_; ///< 0 = any
    FaultSettings settings_;
    std::vector<std::string> log_;
    int held_ = 0; ///< exchanges so far that began with a fault that waits
    std::condition_variable held_more_;
    std::unique_ptr<RawServer> server_;
};

/// A server on loopback that does to a request what its path names: "/gzip-bomb", "/retry-absurd/anything". Any other
/// path gets a small JSON object.
class SimHostile final : public FaultServer {
public:
    explicit SimHostile(int port = 0);
    SimHostile(const SimHostile&) = delete;
    SimHostile& operator=(const SimHostile&) = delete;
    ~SimHostile() override;

private:
    Fault choose(const RawRequest& request) override;
    RawReply right(const RawRequest& request, const std::string& target) override;
};

/// Stands before a server on loopback: passes requests on and answers back, and does something to some of them.
/// Exchanges are counted from 1; those that follow a redirect of its own making do not count.
class FaultProxy final : public FaultServer {
public:
    /// `port_of_server` is the port on 127.0.0.1 of the one it stands before.
    explicit FaultProxy(int port_of_server, int port = 0);
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;
    ~FaultProxy() override;

    void fault_at(int exchange, Fault fault, int times = 1); ///< that one and the times - 1 after it
    void fault_every(int exchanges, Fault fault);            ///< 3 = the third, the sixth, …; 0 = no more
    /// Each exchange with this probability (in percent) gets one of the faults; the same seed, the same faults.
    void fault_randomly(std::uint64_t seed, int percent, std::vector<Fault> faults);
    void clear(); ///< no more faults; exchanges count from 1 again

private:
    Fault choose(const RawRequest& request) override;
    RawReply right(const RawRequest& request, const std::string& target) override;

    int upstream_; ///< the port of the server behind
    int exchanges_ = 0;
    std::map<int, Fault> planned_;
    int every_ = 0;
    Fault every_fault_ = Fault::none;
    int percent_ = 0;
    std::vector<Fault> random_faults_;
    std::mt19937_64 random_;
};

} // namespace skurd::sim
