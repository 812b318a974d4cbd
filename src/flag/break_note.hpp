#pragma once

#include <optional>
#include <string>

namespace skurd {

/// Whether a note of a source says that there is a break in a time series, in Norwegian or English: "brudd i
/// tidsserien", "tidsseriebrudd", "break in the time series", and not "ingen brudd i tidsserien".
bool speaks_of_break(const std::string& note);

/// The year from which on a note says that there is a break; nothing where it names none, or several, or speaks of no
/// break.
std::optional<int> break_year(const std::string& note);

} // namespace skurd
