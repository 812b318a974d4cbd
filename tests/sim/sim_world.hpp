#pragma once

#include "fetch/curl_fetcher.hpp"
#include "tests/sim/loopback.hpp"
#include "tests/sim/sim_fhi.hpp"
#include "tests/sim/sim_ssb.hpp"

namespace skurd::test {

inline sim::SimFhiTable fhi_table(const std::string& name)
{
    return sim::SimFhiTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/fhi/" + name + ".toml"));
}

/// A simulated SSB with table 07459, and a fetcher that may speak to it; one clock for both.
struct SimWorld {
    explicit SimWorld(FetchSettings settings = loopback_settings()) : fetcher(std::move(settings), clock, 1)
    {
        ssb.add_table(sim::SimTable::read(Section::load(SKURD_SOURCE_DIR "/tests/sim/tables/07459.toml")));
    }

    SharedClock clock{"2025-03-03T08:20:00Z"};
    sim::SimSsb ssb{clock};
    CurlFetcher fetcher;
};

/// A simulated FHI with daar/325 and nokkel/332, and a fetcher that may speak to it; one clock for both.
struct FhiWorld {
    explicit FhiWorld(FetchSettings settings = loopback_settings()) : fetcher(std::move(settings), clock, 1)
    {
        fhi.add_table(fhi_table("daar-325"));
        fhi.add_table(fhi_table("nokkel-332"));
    }

    SharedClock clock{"2026-05-04T08:20:00Z"};
    sim::SimFhi fhi{clock};
    CurlFetcher fetcher;
};

} // namespace skurd::test
