#include "daemon/lanes.hpp"

#include "lib/curl/url.hpp"

#include <fmt/format.h>

#include <variant>

namespace skurd {

std::string lane_of(const ReadyJob& job)
{
    const auto first = job.connector->next({}, {});
    const auto* request = std::get_if<Request>(&first);
    if (!request)
        return "job " + job.job.id;
    switch (request->kind) {
    case Request::Kind::file:
        return "the drop folders";
    case Request::Kind::program:
        return "job " + job.job.id;
    case Request::Kind::http:
        break;
    }
    const auto url = parse_url(request->url);
    return url ? url->authority() : "job " + job.job.id;
}

Turns& Lanes::lane(const std::string& name)
{
    const std::scoped_lock lock(mutex_);
    return lanes_[name];
}

std::vector<std::string> Lanes::at_work() const
{
    const std::scoped_lock lock(mutex_);
    std::vector<std::string> found;
    for (const auto& [name, turns] : lanes_)
        if (const auto holder = turns.holder(); !holder.empty())
            found.push_back(fmt::format("{} at {}", holder, name));
    return found;
}

Turns& Lanes::job(const std::string& id)
{
    const std::scoped_lock lock(mutex_);
    return jobs_[id];
}

} // namespace skurd
