#include "flag/flag_state.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

namespace skurd {

std::optional<FlagEvent> event_of(std::optional<FlagState> state, Finding finding)
{
    const bool found = finding != Finding::gone;
    if (!state)
        return found ? std::optional(FlagEvent::raised) : std::nullopt;
    if (*state == FlagState::closed && finding == Finding::restored)
        return FlagEvent::rejudged;
    if (*state == FlagState::closed)
        return found ? std::optional(FlagEvent::reopened) : std::nullopt;
    if (!found)
        return FlagEvent::closed;
    if (finding == Finding::same || finding == Finding::restored)
        return std::nullopt;
    if (*state == FlagState::open)
        return FlagEvent::changed;
    return finding == Finding::rejudged ? FlagEvent::rejudged : FlagEvent::reopened;
}

FlagState state_after(FlagEvent event)
{
    switch (event) {
    case FlagEvent::raised:
    case FlagEvent::changed:
    case FlagEvent::reopened:
        return FlagState::open;
    case FlagEvent::acknowledged:
    case FlagEvent::rejudged:
        return FlagState::acknowledged;
    case FlagEvent::closed:
        return FlagState::closed;
    }
    return FlagState::open;
}

Flag acknowledged(Flag flag, const std::string& actor, const std::string& note, Time now)
{
    if (flag.state != FlagState::open)
        throw usage_error("flag {} is {}: only an open flag can be acknowledged", flag.id, to_string(flag.state));
    if (trim(actor).empty() || trim(note).empty())
        throw usage_error("flag {}: acknowledging needs a name and a note", flag.id);
    flag.state = state_after(FlagEvent::acknowledged);
    flag.actor = trim(actor);
    flag.note = trim(note);
    flag.changed_at = now;
    return flag;
}

} // namespace skurd
