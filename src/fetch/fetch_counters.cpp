#include "fetch/fetch_counters.hpp"

namespace skurd {

HostTotals& FetchCounters::of(const std::string& host)
{
    const bool has_room = totals_.size() < hosts_max || totals_.contains(host);
    return totals_[has_room ? host : "other"];
}

void FetchCounters::made_request(const std::string& host)
{
    const std::scoped_lock lock(mutex_);
    ++of(host).requests;
}

void FetchCounters::got(const std::string& host, std::size_t bytes)
{
    const std::scoped_lock lock(mutex_);
    of(host).bytes += bytes;
}

void FetchCounters::failed(const std::string& host)
{
    const std::scoped_lock lock(mutex_);
    ++of(host).failures;
}

void FetchCounters::tries_again(const std::string& host)
{
    const std::scoped_lock lock(mutex_);
    ++of(host).retries;
}

void FetchCounters::waited(const std::string& host, std::chrono::milliseconds duration)
{
    const std::scoped_lock lock(mutex_);
    of(host).waited += duration;
}

FetchTotals FetchCounters::totals() const
{
    const std::scoped_lock lock(mutex_);
    return totals_;
}

} // namespace skurd
