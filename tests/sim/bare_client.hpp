#pragma once

#include "tests/sim/raw_server.hpp"

#include <string>

namespace skurd::test {

inline int port_of(const std::string& host_url)
{
    return std::stoi(host_url.substr(host_url.rfind(':') + 1));
}

/// The whole answer to a GET, byte for byte, as far as `most` bytes. `headers` are lines with their ends.
inline std::string get(const std::string& host_url, const std::string& target, const std::string& headers = "",
                       std::size_t most = SIZE_MAX)
{
    return sim::exchange_with(port_of(host_url),
                              "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n",
                              most);
}

inline int status_of(const std::string& answer)
{
    return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

/// "" where it is missing.
inline std::string header_of(const std::string& answer, const std::string& name)
{
    const auto at = answer.find("\r\n" + name + ": ");
    const auto start = at + name.size() + 4;
    return at == std::string::npos ? "" : answer.substr(start, answer.find("\r\n", start) - start);
}

inline std::string body_of(const std::string& answer)
{
    const auto end = answer.find("\r\n\r\n");
    return end == std::string::npos ? "" : answer.substr(end + 4);
}

} // namespace skurd::test
