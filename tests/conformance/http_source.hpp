#pragma once

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "tests/conformance/subject.hpp"
#include "tests/sim/fault_proxy.hpp"
#include "tests/sim/simulator.hpp"

#include <string>
#include <utility>

namespace skurd::test {

/// A simulated source with a fault proxy before it, which is what the job's address leads to.
template <typename Simulated>
class HttpSource : public Source {
public:
    explicit HttpSource(SharedClock& clock) : clock_(clock), sim_(clock), proxy_(port_of(sim_.host_url())) {}

    void spoil(Trouble trouble, int request) override;
    void mend() override
    {
        proxy_.clear();
        mended_at_ = answered_at_source();
    }
    int asked() const override { return answered_at_source() - mended_at_; }
    int answered_at_source() const override { return static_cast<int>(proxy_.log().size()); }
    int refused() const override { return sim_.refused(); }
    void limit(int calls, std::chrono::seconds window) override { sim_.rate_limit(calls, window); }

protected:
    /// An address of the simulator as the proxy has it.
    std::string through(const std::string& url) const
    {
        return proxy_.host_url() + url.substr(sim_.host_url().size());
    }
    std::string now() const { return format_time(clock_.now()); }
    /// Another number at each release, and for each cell of it.
    std::string number(int cell) const { return std::to_string(30'000 + 10 * release_ + cell); }

    SharedClock& clock_;
    Simulated sim_;
    sim::FaultProxy proxy_; ///< asks sim_
    int release_ = 0;

private:
    static constexpr int tries = 4; ///< of the fetcher, for one request

    static int port_of(const std::string& host_url) { return std::stoi(host_url.substr(host_url.rfind(':') + 1)); }

    int mended_at_ = 0;
};

template <typename Simulated>
void HttpSource<Simulated>::spoil(Trouble trouble, int request)
{
    const auto answer = [&](int times, sim::HttpReply reply) { sim_.fail_next(times, reply, request - 1); };
    const auto fault = [&](sim::Fault what) { proxy_.fault_at(request, what, tries); };
    auto refusal = sim::status_reply(429, "API calls quota exceeded!");
    switch (trouble) {
    case Trouble::storm:
        return answer(tries, sim::status_reply(500, "Internal Server Error"));
    case Trouble::too_many:
        refusal.headers["Retry-After"] = "30";
        return answer(1, refusal);
    case Trouble::too_many_long:
        refusal.headers["Retry-After"] = "86000";
        return answer(1, refusal);
    case Trouble::reset:
        return fault(sim::Fault::reset);
    case Trouble::truncated:
        return fault(sim::Fault::truncated);
    case Trouble::too_long:
        return fault(sim::Fault::too_long);
    case Trouble::too_short:
        return fault(sim::Fault::too_short);
    case Trouble::html:
        return fault(sim::Fault::html);
    case Trouble::empty:
        return answer(1, sim::json_reply(""));
    case Trouble::not_found:
        return answer(1, sim::status_reply(404, "Not Found"));
    }
}

} // namespace skurd::test
