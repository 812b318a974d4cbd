#pragma once

#include "model/formula.hpp"

#include <string_view>

namespace skurd {

/// The longest formula, in bytes, and the most that may stand inside one another.
constexpr std::size_t formula_bytes_max = 4000;
constexpr int formula_depth_max = 50;

/// Reads a formula by the grammar of schema/indicators/README.md.
/// Throws Error (usage): "formula 'sum(': expected … at character 5", counted in characters, from 1.
Formula parse_formula(std::string_view text);

/// "at character 5": the place of a byte of a text for people.
std::string place_in(std::string_view text, std::size_t byte);

} // namespace skurd
