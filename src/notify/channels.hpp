#pragma once

#include "notify/channel.hpp"

#include <memory>

namespace skurd {

// The kinds of channels there are, a line for each; README.md says how each sends.

std::unique_ptr<Channel> make_webhook_channel(const ChannelSettings& channel, SenderSettings sender);
std::unique_ptr<Channel> make_mail_channel(const ChannelSettings& channel, SenderSettings sender);
std::unique_ptr<Channel> make_command_channel(const ChannelSettings& channel, SenderSettings sender);

} // namespace skurd
