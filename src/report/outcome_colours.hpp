#pragma once

#include "model/verdict.hpp"

#include <cstdint>

namespace skurd {

/// How an outcome is coloured on paper and screen, each 0xRRGGBB: text on background with a contrast above 7:1 (WCAG
/// 2.1, level AAA). Always beside its sign and word.
struct OutcomeColours {
    std::uint32_t text = 0;
    std::uint32_t background = 0;
};

constexpr OutcomeColours colours_of(Outcome outcome)
{
    switch (outcome) {
    case Outcome::improved:
        return {0x14532d, 0xd3f0da};
    case Outcome::worsened:
        return {0x7f1d1d, 0xfbdcd9};
    case Outcome::unchanged:
        return {0x574000, 0xfcefb9};
    case Outcome::increased:
    case Outcome::decreased:
        return {0x123f66, 0xd9eaf8};
    case Outcome::no_data:
    case Outcome::not_comparable:
    case Outcome::not_judged:
        break;
    }
    return {0x3f3f46, 0xe9e9ec};
}

} // namespace skurd
