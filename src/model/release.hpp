#pragma once

#include "base/clock.hpp"
#include "base/enum_words.hpp"
#include "model/cube.hpp"
#include "model/period.hpp"
#include "model/period_notation.hpp"

#include <map>
#include <string>
#include <vector>

namespace skurd {

/// How a source writes things, as its connector knows it: input to normalisation.
struct Conventions {
    /// The dimension that is time; "" = the one with Role::time.
    std::string time_dimension;
    /// Symbol as written -> meaning. A symbol that is not listed becomes Meaning::unknown and a note.
    std::map<std::string, Meaning, std::less<>> symbols;
    PeriodHints periods{};
    /// The time dimension with the periods that were not asked for: how periods are written is decided from all of
    /// them. Empty = as the cube has it.
    std::vector<Category> described_periods{};
};

/// Whether what a release does not mention is gone, or simply not mentioned.
enum class Coverage {
    partial,            ///< silence says nothing
    complete_selection, ///< a cell of its series and its periods that it leaves out is withdrawn
    full_history        ///< complete, and no period was left unasked: other periods of its series are withdrawn too
};
template <>
inline constexpr auto enum_words<Coverage> = word_table<Coverage>({
    {Coverage::partial, "partial"},
    {Coverage::complete_selection, "complete_selection"},
    {Coverage::full_history, "full_history"},
});

/// One release of one dataset, normalised: a grid of series by periods. Symbols have meanings, periods are periods.
struct Release {
    std::string dataset; ///< "ssb/07459"
    std::string label;
    std::vector<Dimension> dimensions; ///< all but time, in the payload's order; series are their row-major product
    std::string time_dimension;        ///< id of the dimension that was time
    std::vector<Period> periods;       ///< ascending, each once
    /// What the source calls the periods, one for each; "" where that says the period and nothing else. Empty where
    /// the release was not made from a cube.
    std::vector<std::string> period_labels{};
    std::vector<Cell> cells; ///< series-major: cell of series s and period p = cells[s * periods.size() + p]
    std::vector<Symbol> symbols = {Symbol{}}; ///< what Cell::symbol points to; the first is "no symbol"
    std::vector<std::string> notes;
    Coverage coverage = Coverage::partial;

    std::size_t series_count() const; ///< the product of the dimensions' sizes
    /// The category positions of a series, one for each dimension.
    std::vector<std::size_t> positions(std::size_t series) const;
    bool is_stated(std::size_t series) const; ///< whether one of its cells is not absent
    const Cell& cell(std::size_t series, std::size_t period) const { return cells[series * periods.size() + period]; }
};

/// How sure we are of a publication time.
enum class Confidence {
    stated,   ///< the source states the instant
    modified, ///< the source states when it last modified the data; no connector claims this yet
    day,      ///< the source states the day
    month,    ///< only the month is known; the first of it is taken
    arrival,  ///< nothing is stated: when the payload reached us
};
template <>
inline constexpr auto enum_words<Confidence> = word_table<Confidence>({
    {Confidence::stated, "stated"},
    {Confidence::modified, "modified"},
    {Confidence::day, "day"},
    {Confidence::month, "month"},
    {Confidence::arrival, "arrival"},
});

/// The day something was published, as far as it is known: "2019-11-04", "2018-04" where only the month is.
std::string published_day(Time at, Confidence known);

/// When a release says it was published, and how it says so.
struct PublicationClaim {
    Time published_at{};
    std::string field; ///< where the claim stands: "updated", "job: source.published", "--published", "file time"
    Confidence confidence = Confidence::arrival;
};

} // namespace skurd
