#pragma once

#include "base/error.hpp"
#include "fetch/curl_fetcher.hpp"
#include "tests/fetch/raw_server.hpp"
#include "tests/sim/sim_world.hpp"

#include <map>

namespace skurd::test {

inline Request get(const std::string& url, const std::string& accept = "")
{
    Request request;
    request.url = url;
    request.accept = accept;
    return request;
}

/// The message a fetch ends with; "" when it does not fail.
inline std::string failure_of(CurlFetcher& fetcher, const Request& request)
{
    try {
        fetcher.fetch(request, {});
    } catch (const Error& failure) {
        return failure.what();
    }
    return "";
}

/// A name service of a test's own. It counts, and may answer differently each time.
struct Names {
    std::map<std::string, std::vector<std::vector<std::string>>> answers; ///< first answer first; the last one stays
    std::vector<std::string> asked{};

    Resolver resolver()
    {
        return [this](const std::string& host, std::chrono::seconds, std::stop_token) {
            asked.push_back(host);
            auto& left = answers[host];
            if (left.empty())
                return std::vector<std::string>();
            auto answer = left.front();
            if (left.size() > 1)
                left.erase(left.begin());
            return answer;
        };
    }
};

/// Settings for servers on loopback that have these names.
inline FetchSettings settings_for(const std::vector<std::string>& hosts)
{
    FetchSettings settings;
    settings.allow_private = hosts;
    settings.allow_http = hosts;
    settings.tries = 1;
    return settings;
}

} // namespace skurd::test
