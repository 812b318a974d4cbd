#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

enum class FlagKind {
    threshold,
    revision,
    series_break,
    withdrawn,
    overdue,
    frozen,
    replaced,
    drift,
    suspect,
    quarantine,
    clock,   ///< what a source says of the time of publication contradicts what is known
    window,  ///< periods that the source no longer offers
    failing, ///< runs of a job fail, one after another
    reader,  ///< somebody reads an old state of the store, whose log cannot be emptied
    rule,    ///< the catalogue judges otherwise than at the evaluation before
};
template <>
inline constexpr auto enum_words<FlagKind> = word_table<FlagKind>({
    {FlagKind::threshold, "threshold"},
    {FlagKind::revision, "revision"},
    {FlagKind::series_break, "break"},
    {FlagKind::withdrawn, "withdrawn"},
    {FlagKind::overdue, "overdue"},
    {FlagKind::frozen, "frozen"},
    {FlagKind::replaced, "replaced"},
    {FlagKind::drift, "drift"},
    {FlagKind::suspect, "suspect"},
    {FlagKind::quarantine, "quarantine"},
    {FlagKind::clock, "clock"},
    {FlagKind::window, "window"},
    {FlagKind::failing, "failing"},
    {FlagKind::reader, "reader"},
    {FlagKind::rule, "rule"},
});

enum class FlagState { open, acknowledged, closed };
template <>
inline constexpr auto enum_words<FlagState> = word_table<FlagState>({
    {FlagState::open, "open"},
    {FlagState::acknowledged, "acknowledged"},
    {FlagState::closed, "closed"},
});

/// Something a person should look at. One flag per cause: the key says which.
struct Flag {
    std::int64_t id = 0;
    FlagKind kind = FlagKind::threshold;
    FlagState state = FlagState::open;
    std::string key;     ///< of the cause, unique: "threshold/9/2017"
    int indicator = 0;   ///< 0 where no indicator is meant
    std::string period;  ///< "" where none is meant
    std::string inputs;  ///< what it was raised on; a change of it re-opens the flag
    std::string text_nb; ///< one sentence
    std::string text_en;
    Time raised_at{};
    Time changed_at{};
    std::string note;  ///< of the person who acknowledged it
    std::string actor; ///< who acknowledged it
    std::string job{}; ///< whose source it is about; "" where none is meant
    /// Key of the flag of the kind rule that tells why it is as it is: an edited rule alone raised, changed or closed
    /// it, no number did, and it is no news of its own. "" mostly.
    std::string origin{};
};

} // namespace skurd
