#pragma once

#include "base/time_text.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace skurd {

/// When, why and by whom something was ended: "2026-01-05: settled (Kari)"; "" where it was not.
inline std::string ended_text(const std::optional<Time>& at, const std::string& why, const std::string& actor)
{
    return at ? fmt::format("{}: {}{}", format_date(*at), why, actor.empty() ? "" : " (" + actor + ")") : "";
}

} // namespace skurd
