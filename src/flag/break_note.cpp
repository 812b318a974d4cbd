#include "flag/break_note.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace skurd {

namespace {

constexpr auto phrases = std::to_array<std::string_view>(
    {"brudd i tidsserie", "tidsseriebrudd", "brudd i serie", "seriebrudd", "brudd i statistikk", "statistikkbrudd",
     "brot i tidsserie", "tidsseriebrot", "brot i serie", "break in the time series", "break in time",
     "break in the series", "break in series", "time series break"});

constexpr auto negations = std::to_array<std::string_view>(
    {"ingen", "inga", "intet", "ikke", "ikkje", "uten", "utan", "no", "not", "never", "without"});

/// How far before a phrase its negation stands: "ingen kjente brudd", "not a break".
constexpr int negation_words = 2;

constexpr std::string_view clause_ends = ".,;:!?()\n";
constexpr std::string_view word_ends = " \t\n.,;:!?()";

/// Whether the words before a phrase, in its own clause, deny it. `before` ends where the word begins that the phrase
/// is in or begins with.
bool is_denied(std::string_view before)
{
    if (const auto end = before.find_last_of(clause_ends); end != std::string::npos)
        before.remove_prefix(end + 1);
    for (int count = 0; count < negation_words; ++count) {
        before = trim(before);
        const auto start = before.find_last_of(word_ends);
        const auto word = start == std::string::npos ? before : before.substr(start + 1);
        if (std::find(negations.begin(), negations.end(), word) != negations.end())
            return true;
        before.remove_suffix(word.size());
    }
    return false;
}

bool states(std::string_view lowered, std::string_view phrase)
{
    for (auto at = lowered.find(phrase); at != std::string::npos; at = lowered.find(phrase, at + 1)) {
        const auto word_end = at == 0 ? std::string::npos : lowered.find_last_of(word_ends, at - 1);
        if (!is_denied(lowered.substr(0, word_end == std::string::npos ? 0 : word_end + 1)))
            return true;
    }
    return false;
}

} // namespace

bool speaks_of_break(const std::string& note)
{
    const auto lowered = to_lower(note);
    return std::any_of(phrases.begin(), phrases.end(),
                       [&](std::string_view phrase) { return states(lowered, phrase); });
}

std::optional<int> break_year(const std::string& note)
{
    if (!speaks_of_break(note))
        return std::nullopt;
    std::set<int> years;
    for (std::size_t at = 0; at < note.size();) {
        const auto end = std::min(note.find_first_not_of("0123456789", at), note.size());
        if (end - at == 4 && (note.compare(at, 2, "19") == 0 || note.compare(at, 2, "20") == 0))
            years.insert(std::stoi(note.substr(at, 4)));
        at = end + 1;
    }
    return years.size() == 1 ? std::optional(*years.begin()) : std::nullopt;
}

} // namespace skurd
