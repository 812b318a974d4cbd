#pragma once

#include "model/fetch_totals.hpp"

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace skurd {

/// Counts what is asked of hosts, as long as the process lives: a number in it never falls. From any thread.
class FetchCounters {
public:
    static constexpr std::size_t hosts_max = 64; ///< what is asked of further ones is counted under "other"

    void made_request(const std::string& host);
    void got(const std::string& host, std::size_t bytes);
    void failed(const std::string& host);
    void tries_again(const std::string& host);
    void waited(const std::string& host, std::chrono::milliseconds duration);

    FetchTotals totals() const;

private:
    HostTotals& of(const std::string& host); ///< under the mutex

    mutable std::mutex mutex_;
    FetchTotals totals_;
};

} // namespace skurd
