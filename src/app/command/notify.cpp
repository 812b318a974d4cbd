// The command notify: messages to people and programs.
#include "app/commands.hpp"
#include "app/options.hpp"
#include "app/orders.hpp"
#include "base/error.hpp"
#include "base/text_table.hpp"
#include "base/time_text.hpp"
#include "daemon/settings.hpp"
#include "store/outbox_store.hpp"
#include "view/outbox_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace skurd {

namespace {

struct NotifyOptions {
    std::optional<NotifyAction> action; ///< nothing = list
    std::string channel;
    std::int64_t message = 0;
    std::string actor;
    std::size_t most = 20;
};

/// A channel as it stands.
struct ChannelState {
    const ChannelSettings* settings = nullptr;
    std::map<OutboxState, std::size_t> counts;
    std::optional<Time> last_sent;
};

std::vector<ChannelState> channel_states(const NotifySettings& settings, const StoreSession* store)
{
    std::vector<ChannelState> states;
    const auto counts =
        store ? OutboxStore(*store).counts() : std::map<std::pair<std::string, OutboxState>, std::size_t>();
    for (const auto& channel : settings.channels) {
        ChannelState state{&channel, {}, {}};
        for (const auto& [which, count] : counts)
            if (which.first == channel.id)
                state.counts[which.second] = count;
        if (store)
            state.last_sent = OutboxStore(*store).last_sent(channel.id);
        states.push_back(std::move(state));
    }
    return states;
}

Json to_json(const ChannelState& state)
{
    Json json = {{"channel", state.settings->id}, {"kind", to_string(state.settings->kind)}};
    for (const auto word : enum_words<OutboxState>) {
        const auto found = state.counts.find(*from_word<OutboxState>(word));
        json[std::string(word)] = found == state.counts.end() ? 0 : found->second;
    }
    json["last_sent"] = time_json(state.last_sent);
    return json;
}

std::string count_text(const ChannelState& state, OutboxState which)
{
    const auto found = state.counts.find(which);
    return found == state.counts.end() ? "0" : std::to_string(found->second);
}

std::string channels_text(const std::vector<ChannelState>& states, std::size_t width)
{
    TextTable table({{"channel"},
                     {"kind"},
                     {"waiting", TextTable::Align::right},
                     {"undeliverable", TextTable::Align::right},
                     {"last sent (UTC)"}});
    for (const auto& state : states)
        table.add({state.settings->id, std::string(to_string(state.settings->kind)),
                   count_text(state, OutboxState::waiting), count_text(state, OutboxState::undeliverable),
                   state.last_sent ? format_time(*state.last_sent) : ""});
    return table.empty() ? "no channel is configured: see [notify] in the configuration file\n" : table.text(width);
}

/// "waiting, 3 tries, next 2026-03-02T09:00:00Z"
std::string state_text(const OutboxMessage& message)
{
    auto text = std::string(to_string(message.state));
    if (message.tries > 1)
        text += fmt::format(", {} tries", message.tries);
    if (message.next_try_at)
        text += fmt::format(", next {}", format_time(*message.next_try_at));
    return text;
}

std::string messages_text(const std::vector<OutboxMessage>& messages, std::size_t width)
{
    TextTable table({{"message", TextTable::Align::right},
                     {"made (UTC)"},
                     {"channel"},
                     {"kind"},
                     {"state"},
                     {"subject"},
                     {"answer", TextTable::Align::left, TextTable::Fit::below}});
    for (const auto& message : messages)
        table.add({message.id == 0 ? "" : std::to_string(message.id), format_time(message.made_at), message.channel,
                   std::string(to_string(message.kind)), state_text(message), message.subject, message.answer});
    return table.empty() ? "no message\n" : table.text(width);
}

ExitCode list_messages(Context& context, std::size_t most)
{
    const auto settings = read_settings(context.installation()).notify;
    const auto store = store_if_there(context);
    const auto states = channel_states(settings, store.get());
    const auto messages = store ? OutboxStore(*store).list(most) : std::vector<OutboxMessage>();
    if (context.json) {
        Json channels = Json::array();
        for (const auto& state : states)
            channels.push_back(to_json(state));
        print_json({{"channels", channels}, {"messages", json_list(messages)}});
    } else {
        std::cout << channels_text(states, context.width()) << '\n' << messages_text(messages, context.width());
    }
    return ExitCode::good;
}

ExitCode notify(Context& context, const NotifyOptions& options)
{
    if (!options.action)
        return list_messages(context, options.most);
    const auto result = carry_out(
        context, NotifyOrder{*options.action, options.channel, options.message, actor_or_user(options.actor)});
    if (context.json)
        print_json(to_json(result));
    else
        std::cout << messages_text(result.messages, context.width());
    return result.exit();
}

void add_actions(CLI::App& command, NotifyOptions& options)
{
    const auto set = [&options](NotifyAction action) {
        if (options.action)
            throw CLI::ValidationError("notify", "only one of --send, --test, --retry and --drop at a time");
        options.action = action;
    };
    command.add_flag_callback(
        "--send", [set] { set(NotifyAction::send); }, "Write and send what there is to tell, now");
    command
        .add_option_function<std::string>(
            "--test",
            [&options, set](const std::string& channel) {
                set(NotifyAction::test);
                options.channel = channel;
            },
            "Send a message that says it is a test, to this channel or to all, and show what the other side answers")
        ->expected(0, 1)
        ->type_name("[CHANNEL]");
    const auto about_one = [&](const char* name, NotifyAction action, const char* does) {
        command
            .add_option_function<std::int64_t>(
                name,
                [&options, set, action](const std::int64_t& message) {
                    set(action);
                    options.message = message;
                },
                does)
            ->type_name("ID")
            ->check(CLI::PositiveNumber);
    };
    about_one("--retry", NotifyAction::retry, "Try a message again, now");
    about_one("--drop", NotifyAction::drop, "Send a message no more");
}

} // namespace

void add_notify(CLI::App& command, Context& context)
{
    auto options = std::make_shared<NotifyOptions>(); // lives as long as the callback
    add_actions(command, *options);
    command.add_option("--most", options->most, "How many messages to list, newest first")
        ->capture_default_str()
        ->check(CLI::Range(0, 100000));
    add_actor(command, options->actor, "Who drops a message");
    command.footer(
        "Without an option: the channels that [notify] in the configuration file has, what waits, and what "
        "became of the\nnewest messages. The daemon writes and sends them by itself; where none runs, "
        "`skurd notify --send` does.");
    command.callback(
        [&context, options] { context.action = [&context, options] { return notify(context, *options); }; });
}

} // namespace skurd
