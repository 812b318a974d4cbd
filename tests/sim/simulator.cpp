#include "tests/sim/simulator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace skurd::sim {

HttpReply html_page()
{
    return {200, "text/html; charset=utf-8", {}, "<!DOCTYPE html><html><body>Vedlikehold</body></html>", {}};
}

HttpReply status_reply(int status, std::string body)
{
    return {status, "text/plain", {}, std::move(body), {}};
}

HttpReply json_reply(std::string body, int status)
{
    HttpReply reply;
    reply.status = status;
    reply.body = std::move(body);
    return reply;
}

void require_json(const HttpRequest& request)
{
    const auto type = request.headers.find("content-type");
    if (type != request.headers.end() && type->second.starts_with("application/json"))
        return;
    const Json body = {{"title", "Unsupported Media Type"}, {"status", 415}, {"traceId", "00-0-0-00"}};
    throw Problem{{415, "application/problem+json; charset=utf-8", {}, body.dump(), {}}};
}

bool CallLimit::take(Time now)
{
    if (calls_max == 0)
        return true;
    while (!calls.empty() && calls.front() + window <= now)
        calls.pop_front();
    const bool allowed = calls.size() < static_cast<std::size_t>(calls_max);
    if (allowed || counts_refused)
        calls.push_back(now);
    return allowed;
}

std::chrono::seconds CallLimit::wait(Time now) const
{
    return calls.empty() ? std::chrono::seconds(0) : calls.front() + window - now;
}

std::size_t CallLimit::remaining() const
{
    const auto most = static_cast<std::size_t>(calls_max);
    return most - std::min(most, calls.size());
}

void Simulator::fail_next(int n, const HttpReply& reply, int honest)
{
    const std::lock_guard lock(mutex_);
    failures_.insert(failures_.end(), static_cast<std::size_t>(honest), std::nullopt);
    failures_.insert(failures_.end(), static_cast<std::size_t>(n), reply);
}

void Simulator::cut_next(std::size_t bytes)
{
    const std::lock_guard lock(mutex_);
    cut_ = bytes;
}

void Simulator::rate_limit(int calls, std::chrono::seconds window)
{
    const std::lock_guard lock(mutex_);
    limit_.calls_max = calls;
    limit_.window = window;
    limit_.calls.clear();
}

std::vector<std::string> Simulator::log() const
{
    const std::lock_guard lock(mutex_);
    return log_;
}

std::vector<std::string> Simulator::bodies() const
{
    const std::lock_guard lock(mutex_);
    return bodies_;
}

void Simulator::clear_log()
{
    const std::lock_guard lock(mutex_);
    log_.clear();
    bodies_.clear();
}

int Simulator::refused() const
{
    const std::lock_guard lock(mutex_);
    return refused_;
}

HttpReply Simulator::serve(const HttpRequest& request, CallLimit& limit, const Answer& refuse, const Answer& answer,
                           const Command& command)
{
    const std::lock_guard lock(mutex_);
    try {
        if (request.path.starts_with("/sim/")) {
            const auto name = request.path.substr(5);
            const auto json = request.body.empty() ? Json::object() : Json::parse(request.body);
            auto said = common_command(name, json);
            if (!said)
                said = command(name, json);
            return said ? status_reply(200, *said) : status_reply(404, "no such command; see tests/sim/README.md\n");
        }
        log_.push_back(request.method + " " + request.target);
        bodies_.push_back(request.body);
        if (!limit.take(clock_.now())) {
            ++refused_;
            return refuse(request);
        }
        if (!failures_.empty()) {
            const auto failure = std::move(failures_.front());
            failures_.pop_front();
            if (failure)
                return *failure;
        }
        auto reply = answer(request);
        reply.cut_after = std::exchange(cut_, std::nullopt);
        return reply;
    } catch (const Problem& problem) {
        return problem.reply;
    } catch (const std::exception& failure) {
        return status_reply(500, failure.what());
    }
}

HttpReply Simulator::refuse_plainly(const CallLimit& limit) const
{
    auto reply = status_reply(429, fmt::format("API calls quota exceeded! maximum admitted {} per {}s.",
                                               limit.calls_max, limit.window.count()));
    reply.headers["Retry-After"] = std::to_string(limit.wait(clock_.now()).count());
    return reply;
}

std::optional<std::string> Simulator::common_command(const std::string& name, const Json& json)
{
    if (name == "log")
        return Json(log_).dump();
    if (name == "fail") {
        const auto reply = HttpReply{json.value("status", 503), json.value("type", "text/plain"),
                                     json.value("headers", std::map<std::string, std::string>()),
                                     json.value("body", ""), std::nullopt};
        failures_.insert(failures_.end(), json.value("honest", std::size_t(0)), std::nullopt);
        failures_.insert(failures_.end(), json.value("times", std::size_t(1)), reply);
        return "armed\n";
    }
    if (name == "rate") {
        limit_.calls_max = json.at("calls");
        limit_.window = std::chrono::seconds(json.value("window", 60));
        limit_.calls.clear();
        return "limited\n";
    }
    return std::nullopt;
}

} // namespace skurd::sim
