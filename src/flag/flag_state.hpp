#pragma once

#include "base/enum_words.hpp"
#include "model/flag.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// What happened to a flag. The states of one:
///
///                          changed                   rejudged
///                           ┌──┐                      ┌──┐
///             raised        │  ▼      acknowledged    │  ▼
///     (none) ─────────────► open ──────────────────► acknowledged
///                           ▲ │ ▲                     │ │ ▲
///                           │ │ └─────────────────────┘ │ │
///                  reopened │ │ closed     reopened     │ │ rejudged
///                           │ ▼                  closed │ │
///                          closed ◄─────────────────────┘ │
///                             └───────────────────────────┘
///
/// A person acknowledges; everything else follows from what is found of the flag's cause. What a person acknowledged
/// stays so where an edited rule alone judges the same numbers anew: rejudged.
enum class FlagEvent { raised, changed, reopened, acknowledged, closed, rejudged };
template <>
inline constexpr auto enum_words<FlagEvent> = word_table<FlagEvent>({
    {FlagEvent::raised, "raised"},
    {FlagEvent::changed, "changed"},
    {FlagEvent::reopened, "reopened"},
    {FlagEvent::acknowledged, "acknowledged"},
    {FlagEvent::closed, "closed"},
    {FlagEvent::rejudged, "rejudged"},
});

/// What is found of a flag's cause at an evaluation.
enum class Finding {
    gone,     ///< there is no cause
    same,     ///< there is, with the inputs the flag was raised on
    other,    ///< there is, with other inputs
    rejudged, ///< there is, with other inputs, but the numbers among them are the same: a rule was edited
    restored, ///< there is by an edited rule, with the inputs a person had acknowledged when it closed
};

/// What the finding does to a flag in that state (nothing = there is no flag yet); nothing when it stays as it is.
std::optional<FlagEvent> event_of(std::optional<FlagState> state, Finding finding);

FlagState state_after(FlagEvent event);

/// A person has seen the flag and says what is to be said. Throws Error (usage) without a name or a note, and for a
/// flag that is not open.
Flag acknowledged(Flag flag, const std::string& actor, const std::string& note, Time now);

} // namespace skurd
