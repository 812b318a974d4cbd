#include "model/verdict.hpp"

#include "model/vintage.hpp"

#include <algorithm>
#include <array>

namespace skurd {

namespace {

constexpr std::array<std::string_view, 5> kind_words = {"share", "number", "amount", "ratio", "score"};
constexpr std::array<std::string_view, 3> direction_words = {"up", "down", "neutral"};
constexpr std::array<std::string_view, 7> outcome_words = {"improved",  "worsened", "unchanged",     "increased",
                                                           "decreased", "no data",  "not comparable"};
constexpr std::array<std::string_view, 3> comparison_words = {"previous", "baseline", "per year"};
constexpr std::array<std::string_view, 4> origin_words = {"harvest", "drop", "import", "replay"};

template <typename Enum, std::size_t size>
std::optional<Enum> from_word(const std::array<std::string_view, size>& words, std::string_view word)
{
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end())
        return std::nullopt;
    return static_cast<Enum>(found - words.begin());
}

} // namespace

std::string_view to_string(IndicatorKind kind)
{
    return kind_words[static_cast<std::size_t>(kind)];
}

std::optional<IndicatorKind> indicator_kind_from(std::string_view word)
{
    return from_word<IndicatorKind>(kind_words, word);
}

std::string_view to_string(Direction direction)
{
    return direction_words[static_cast<std::size_t>(direction)];
}

std::optional<Direction> direction_from(std::string_view word)
{
    return from_word<Direction>(direction_words, word);
}

std::string_view to_string(Outcome outcome)
{
    return outcome_words[static_cast<std::size_t>(outcome)];
}

std::optional<Outcome> outcome_from(std::string_view word)
{
    return from_word<Outcome>(outcome_words, word);
}

std::string_view to_string(Comparison comparison)
{
    return comparison_words[static_cast<std::size_t>(comparison)];
}

std::string_view to_string(Origin origin)
{
    return origin_words[static_cast<std::size_t>(origin)];
}

} // namespace skurd
