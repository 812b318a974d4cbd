#pragma once

#include "model/flag.hpp"

#include <string>

namespace skurd {

/// What happened to a flag, as it was recorded then.
struct RecordedFlagEvent {
    Time at{};
    std::string event; ///< a word of FlagEvent
    FlagState state = FlagState::open;
    std::string text_nb;
    std::string text_en;
    std::string note;
    std::string actor;
    std::string origin{};               ///< as of Flag
    std::optional<std::uint32_t> uid{}; ///< of the user who claimed the actor's name; nothing where nobody knows
};

} // namespace skurd
