#pragma once

#include "base/enum_words.hpp"
#include "model/indicator.hpp"

namespace skurd {

/// What a report said of one number.
struct SnapshotRow {
    int indicator = 0;   ///< today's number
    int number = 0;      ///< in that report
    int merged_into = 0; ///< the indicator it is part of now; 0 = it is the indicator itself
    LocalizedText label;
    std::string unit;
    IndicatorValues values; ///< every period it had a number for, whether printed or not
    std::vector<Verdict> changes;
};

/// What a report said, free of the catalogue it was made with: kept at sign-off, and compared with another.
struct ReportSnapshot {
    LocalizedText name; ///< "Tredje statusrapport (Fafo 2019:33)"
    int set = 0;
    Period period;
    std::optional<Time> as_of;
    std::vector<SnapshotRow> rows; ///< by number
};

enum class DifferenceKind {
    revision,         ///< the same definition, another value
    period_corrected, ///< the value was said of a wrong period
    price_base,
    definition,
    renumbered,
    merged,
    retired,
    added,   ///< an indicator that the earlier report did not have
    verdict, ///< another outcome, though the values are the same: a threshold, a break, a rule
    gone,    ///< a value that is there no more
};
template <>
inline constexpr auto enum_words<DifferenceKind> = word_table<DifferenceKind>({
    {DifferenceKind::revision, "revision"},
    {DifferenceKind::period_corrected, "period corrected"},
    {DifferenceKind::price_base, "price base"},
    {DifferenceKind::definition, "definition"},
    {DifferenceKind::renumbered, "renumbered"},
    {DifferenceKind::merged, "merged"},
    {DifferenceKind::retired, "retired"},
    {DifferenceKind::added, "added"},
    {DifferenceKind::verdict, "verdict"},
    {DifferenceKind::gone, "gone"},
});

LocalizedText kind_text(DifferenceKind kind); ///< {"revidert", "revised"}, … for people

/// Something that two reports say differently of one indicator.
struct ReportDifference {
    DifferenceKind kind = DifferenceKind::revision;
    int indicator = 0;     ///< today's number
    int number_before = 0; ///< in the earlier report; 0 = not in it
    int number_now = 0;    ///< in the later one; 0 = not in it
    std::optional<Period> period_before;
    std::optional<Period> period_now;
    std::optional<Decimal> before;
    std::optional<Decimal> now;
    bool comparable = true; ///< whether the two values compare
    LocalizedText text;     ///< a sentence that says it all
};

} // namespace skurd
