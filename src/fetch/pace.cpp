#include "fetch/pace.hpp"

#include <algorithm>
#include <cassert>

namespace skurd {

namespace {

constexpr std::size_t hosts_max = 10'000;
constexpr std::size_t path_max = 500;

} // namespace

Pace::Pace(int calls, std::chrono::seconds window) : limit_{calls, window}
{
    assert(calls >= 1 && window.count() >= 1);
}

void Pace::limit(const std::string& host, Limit limit)
{
    assert(limit.calls >= 1 && limit.window.count() >= 1);
    limits_[host] = limit;
}

const Pace::Limit& Pace::limit_of(const std::string& host) const
{
    const auto own = limits_.find(host);
    return own == limits_.end() ? limit_ : own->second;
}

// A call noted in second s may have been made as late as the end of s; only a second later is the window surely over.
Time Pace::free_again(const std::string& host, Time call) const
{
    return call + limit_of(host).window + std::chrono::seconds(1);
}

std::chrono::seconds Pace::delay(const std::string& host, Time now) const
{
    const std::scoped_lock lock(mutex_);
    return delay_of(host, now);
}

std::chrono::seconds Pace::delay_of(const std::string& host, Time now) const
{
    const auto found = hosts_.find(host);
    if (found == hosts_.end())
        return std::chrono::seconds(0);
    const auto& [calls, held_until] = found->second;
    auto at = std::max(now, held_until);
    const auto count = static_cast<std::size_t>(limit_of(host).calls);
    if (calls.size() >= count)
        at = std::max(at, free_again(host, calls[calls.size() - count]));
    return at - now;
}

void Pace::record(const std::string& host, Time now)
{
    const std::scoped_lock lock(mutex_);
    add_call(host, now);
}

void Pace::add_call(const std::string& host, Time now)
{
    auto& calls = hosts_[host].calls;
    calls.push_back(calls.empty() ? now : std::max(now, calls.back()));
    while (calls.size() > static_cast<std::size_t>(limit_of(host).calls))
        calls.pop_front();
}

void Pace::hold(const std::string& host, Time until, Time now)
{
    const std::scoped_lock lock(mutex_);
    hold_name(host, until, now);
}

void Pace::hold_name(const std::string& host, Time until, Time now)
{
    auto& held = hosts_[host].held_until;
    held = std::max(held, std::min<Time>(until, now + hold_max));
}

void Pace::hold_path(const std::string& host, const std::string& path, Time until, Time now)
{
    const std::scoped_lock lock(mutex_);
    std::erase_if(hosts_, [&](const auto& one) { // those of paths, which are many, once they hold no more
        return one.first.find('/') != std::string::npos && one.second.held_until <= now;
    });
    hold_name(host + path.substr(0, path_max), until, now);
}

std::chrono::seconds Pace::path_delay(const std::string& host, const std::string& path, Time now) const
{
    const std::scoped_lock lock(mutex_);
    return delay_of(host + path.substr(0, path_max), now);
}

void Pace::lift_holds(const std::string& host)
{
    const std::scoped_lock lock(mutex_);
    for (auto& [name, one] : hosts_)
        if (name == host || name.starts_with(host + "/"))
            one.held_until = {};
}

std::vector<HostPace> Pace::state(Time now) const
{
    const std::scoped_lock lock(mutex_);
    std::vector<HostPace> state;
    for (const auto& [name, host] : hosts_) {
        HostPace pace{name, {}, {}};
        if (host.held_until > now)
            pace.held_until = host.held_until;
        for (const auto call : host.calls)
            if (free_again(name, call) > now)
                pace.calls.push_back(call);
        if (pace.held_until || !pace.calls.empty())
            state.push_back(std::move(pace));
    }
    return state;
}

void Pace::restore(const std::vector<HostPace>& hosts, Time now)
{
    const std::scoped_lock lock(mutex_);
    for (const auto& pace : hosts) {
        if (hosts_.size() >= hosts_max)
            return;
        if (pace.held_until)
            hold_name(pace.host, *pace.held_until, now);
        for (const auto call : pace.calls)
            add_call(pace.host, std::min(call, now));
    }
}

} // namespace skurd
