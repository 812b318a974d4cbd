#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace skurd {

/// The addresses of a host name, written out; none where it has none or nobody answers in time.
using Resolver = std::function<std::vector<std::string>(const std::string& host, std::chrono::seconds timeout,
                                                        std::stop_token stop)>;

/// Asks the system (getaddrinfo). In a thread of its own, which is left behind when the time is over or a stop is
/// requested: the system's call cannot be ended.
std::vector<std::string> resolve_host(const std::string& host, std::chrono::seconds timeout, std::stop_token stop);

} // namespace skurd
