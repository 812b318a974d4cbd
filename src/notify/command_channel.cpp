// Runs a program with the message on its standard input, under the limits that programs of sources have.
#include "base/error.hpp"
#include "base/text.hpp"
#include "fetch/program_fetcher.hpp"
#include "model/request.hpp"
#include "notify/channels.hpp"

namespace skurd {

namespace {

constexpr std::size_t output_bytes_max = 1 << 20;
constexpr std::size_t shown_output_max = 120;

class CommandChannel final : public Channel {
public:
    CommandChannel(ChannelSettings settings, SenderSettings sender)
        : settings_(std::move(settings)), sender_(std::move(sender))
    {
    }

    DeliveryAnswer deliver(const OutboxMessage& message, Time, std::stop_token stop) override
    {
        Request request;
        request.kind = Request::Kind::program;
        request.arguments = settings_.command;
        request.body = message.body;
        request.time_max = settings_.timeout;
        request.output_max = output_bytes_max;
        try {
            const auto output = run_program(request, sender_.fetch.exec_user, stop);
            const auto shown = excerpt(trim(output), shown_output_max);
            return {DeliveryAnswer::Kind::accepted, shown.empty() ? "ended with code 0" : shown};
        } catch (const Error& failure) {
            return {stop.stop_requested() ? DeliveryAnswer::Kind::stopped : DeliveryAnswer::Kind::failed,
                    failure.what()};
        }
    }

private:
    ChannelSettings settings_;
    SenderSettings sender_;
};

} // namespace

std::unique_ptr<Channel> make_command_channel(const ChannelSettings& channel, SenderSettings sender)
{
    return std::make_unique<CommandChannel>(channel, std::move(sender));
}

} // namespace skurd
