#include "daemon/messenger.hpp"

#include "base/error.hpp"
#include "daemon/message_delivery.hpp"
#include "daemon/message_writing.hpp"
#include "daemon/outage_record.hpp"
#include "notify/delivery.hpp"
#include "store/outage_store.hpp"
#include "store/outbox_store.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr std::chrono::minutes watch_every{5};

bool wants_outages(const NotifySettings& settings)
{
    return (settings.heartbeat.is_given() && settings.heartbeat.when == BeatWhen::well) ||
           std::any_of(settings.channels.begin(), settings.channels.end(),
                       [](const ChannelSettings& channel) { return channel.route.topics.contains(Topic::outages); });
}

} // namespace

void Messenger::begin(const Turn&)
{
    try {
        const auto now = workspace_.clock.now();
        beat(now); // whatever the others meet
        watch_outages(now);
        write_messages(workspace_, Writing::when_settled, now);
        send_due(now);
        failure_.clear();
    } catch (const std::exception& failure) {
        if (auto text = full_message(failure); text != failure_)
            spdlog::error("messages: {} (said once until it is well again)", failure_ = std::move(text));
    }
}

/// Now and then, by whichever clock.
void Messenger::watch_outages(Time now)
{
    if (!wants_outages(workspace_.settings.notify))
        return;
    if (watched_at_ && *watched_at_ <= now && now - *watched_at_ < watch_every)
        return;
    watched_at_ = now;
    record_outages(workspace_, watch_, now);
}

void Messenger::send_due(Time now)
{
    const std::scoped_lock lock(mutex_);
    std::erase_if(deliverings_, [](const auto& one) { return one.second.has_ended; });
    if (workspace_.settings.notify.channels.empty())
        return;
    const auto& settings = workspace_.settings.notify;
    for (const auto& message : OutboxStore(workspace_.store).waiting("")) {
        const auto& channel = message.channel;
        const auto* configured = settings.find(channel);
        if (configured && may_be_sent(message, *configured, settings, now) && !deliverings_.contains(channel))
            deliverings_[channel].thread =
                std::jthread([this, channel](const std::stop_token& stop) { deliver(channel, stop); });
    }
}

/// The thread of one channel.
void Messenger::deliver(const std::string& channel, const std::stop_token& stop)
{
    try {
        deliver_due(workspace_, channel, stop);
    } catch (const Stopped&) {                // what waits, waits still
    } catch (const std::exception& failure) { // the edge of a thread
        spdlog::error("messages to {}: {}", channel, full_message(failure));
    }
    const std::scoped_lock lock(mutex_);
    deliverings_.at(channel).has_ended = true;
}

void Messenger::beat(Time now)
{
    const auto& settings = workspace_.settings;
    const auto& heartbeat = settings.notify.heartbeat;
    if (!heartbeat_.is_due(heartbeat, now))
        return;
    if (heartbeat.when == BeatWhen::well && !OutageStore(workspace_.store).open().empty())
        return;
    heartbeat_.beat(heartbeat, sender_of(settings), now);
}

void Messenger::request_stop()
{
    heartbeat_.request_stop();
    const std::scoped_lock lock(mutex_);
    for (auto& [channel, delivering] : deliverings_)
        delivering.thread.request_stop();
}

void Messenger::stop()
{
    request_stop();
    heartbeat_.stop();
    for (;;) { // a thread takes the lock at its end
        std::jthread thread;
        {
            const std::scoped_lock lock(mutex_);
            const auto found = std::find_if(deliverings_.begin(), deliverings_.end(),
                                            [](const auto& one) { return one.second.thread.joinable(); });
            if (found == deliverings_.end())
                break;
            thread = std::move(found->second.thread);
        }
        thread.join();
    }
    const std::scoped_lock lock(mutex_);
    deliverings_.clear();
}

} // namespace skurd
