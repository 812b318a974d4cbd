#pragma once

#include "model/period.hpp"

#include <optional>
#include <string_view>

namespace skurd {

/// Reads a period that says itself of what kind it is, in words or by a letter: "januar 2022", "2022 May",
/// "1. kvartal 2019", "1st quarter 2019", "2. halvår 2019", "uke 5 2024", "skoleåret 2019/20", "År 2018", "Q1 2019",
/// and SDMX's 2024-Q1, 2024-S2, 2024-W05. Norwegian, Swedish, Danish and English; letters' case does not matter.
/// Nothing for any other text, one with a word or a number more than that (a date, a title) too.
std::optional<Period> read_period_words(std::string_view text);

} // namespace skurd
