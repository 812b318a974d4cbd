#include "notify/heartbeat.hpp"

#include "base/error.hpp"
#include "notify/http_call.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

namespace {

/// "" where it was taken.
std::string failure_of_beat(const std::variant<CurlResponse, CurlFailure>& result)
{
    if (const auto* failure = std::get_if<CurlFailure>(&result))
        return failure->text;
    const auto status = std::get<CurlResponse>(result).status;
    return status >= 200 && status < 300 ? "" : fmt::format("HTTP {}", status);
}

} // namespace

bool Heartbeat::is_due(const HeartbeatSettings& settings, Time now) const
{
    if (!settings.is_given() || is_asking_)
        return false;
    return !began_at_ || now < *began_at_ || now - *began_at_ >= settings.every;
}

void Heartbeat::beat(const HeartbeatSettings& settings, const SenderSettings& sender, Time now)
{
    stop(); // joins the last one, which has ended
    began_at_ = now;
    is_asking_ = true;
    thread_ = std::jthread([this, settings, sender](const std::stop_token& stop) { ask(settings, sender, stop); });
}

void Heartbeat::stop()
{
    if (!thread_.joinable())
        return;
    thread_.request_stop();
    thread_.join();
}

/// The edge of a thread.
void Heartbeat::ask(const HeartbeatSettings& settings, const SenderSettings& sender, const std::stop_token& stop)
{
    try {
        const auto url = address_in(settings.url, settings.url_file);
        const auto result = call_once({settings.method, url}, sender, stop);
        if (!stop.stop_requested())
            tell(failure_of_beat(result));
    } catch (const std::exception& failure) {
        tell(full_message(failure));
    }
    is_asking_ = false;
}

void Heartbeat::tell(const std::string& failure)
{
    if (!failure.empty() && !is_failing_)
        spdlog::warn("heartbeat: {} (said once until one is taken again)", failure);
    else if (failure.empty() && is_failing_)
        spdlog::info("heartbeat: is taken again");
    is_failing_ = !failure.empty();
}

} // namespace skurd
