#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace skurd {

/// What a message tells.
enum class MessageKind {
    publication, ///< what new numbers changed
    outage,      ///< something began to fail, or goes on to
    recovery,    ///< what failed does so no more
    test,        ///< nothing: somebody wants to see whether it comes
};
template <>
inline constexpr auto enum_words<MessageKind> = word_table<MessageKind>({
    {MessageKind::publication, "publication"},
    {MessageKind::outage, "outage"},
    {MessageKind::recovery, "recovery"},
    {MessageKind::test, "test"},
});

/// What became of a message.
enum class OutboxState {
    waiting,       ///< for its first try, or for another
    sent,          ///< the other side took it
    undeliverable, ///< the other side refused it for good, or every try failed
    dropped,       ///< a person wanted it no more
};
template <>
inline constexpr auto enum_words<OutboxState> = word_table<OutboxState>({
    {OutboxState::waiting, "waiting"},
    {OutboxState::sent, "sent"},
    {OutboxState::undeliverable, "undeliverable"},
    {OutboxState::dropped, "dropped"},
});

/// A message to one channel, as it will be sent however often it is tried.
struct OutboxMessage {
    std::int64_t id = 0;
    std::string delivery; ///< 32 hexadecimal digits: what a receiver knows it by that gets it twice
    std::string channel;
    MessageKind kind = MessageKind::publication;
    OutboxState state = OutboxState::waiting;
    Time made_at{};
    std::string subject;
    std::string body; ///< JSON for a webhook or a command, text for mail
    std::string html; ///< of mail; "" otherwise
    int tries = 0;
    std::optional<Time> tried_at{};
    std::optional<Time> next_try_at{}; ///< of one that waits
    std::optional<Time> ended_at{};    ///< of one that does not
    std::string answer{};              ///< what the other side said last, or why it could not be asked; one line
};

} // namespace skurd
