#pragma once

#include "indicator/rule.hpp"
#include "model/indicator.hpp"
#include "model/verdict.hpp"
#include "model/vintage.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace skurd {

/// What to read from the store for an indicator: these series, vintages published from then on.
struct Reading {
    Selector formula;
    Time published_from{};
};

/// By the definition in force at a day (nothing = now). It begins where the definition does, or where the first of
/// those began whose values it keeps.
Reading reading_of(const Indicator& indicator, std::optional<Time> as_of);

/// The values of an indicator as of a day, from the observations that reading_of() asks for. Where they are of
/// several series there are no numbers, and every value says so in `trouble`: a mistake in one formula must not stop
/// the rest.
IndicatorValues values_from(const Indicator& indicator, std::optional<Time> as_of,
                            const std::vector<Observation>& observations);

/// The kind of a value under one of the indicator's definitions.
IndicatorKind kind_under(const Indicator& indicator, int definition);

/// Why two values, both there, do not compare: another definition, another price base, a break between them. Nothing
/// when they do.
std::optional<Words> bar_between(const Indicator& indicator, const Period& from, const IndicatorValue& old_value,
                                 const Period& to, const IndicatorValue& new_value);

/// The verdict on two periods, complete with its working. What the values lack is no data; the reason is their
/// trouble where they have one.
Verdict compare(const Indicator& indicator, const IndicatorValues& values, Comparison comparison, const Period& from,
                const Period& to);

/// The change of a verdict rounded from the exact values; nothing where the verdict has none.
std::optional<Decimal> shown_change(const Indicator& indicator, const Verdict& verdict, int decimals);

/// All verdicts that hold now: each period with a number (or trouble) against the one before it that has one, and the
/// newest against the baseline, in all and per year (where they lie whole years apart). Ascending in `to`, for each
/// comparison.
std::vector<Verdict> current_verdicts(const Indicator& indicator, const IndicatorValues& values);

/// Gives the values of an indicator as of the report's day.
using ReadValues = std::function<IndicatorValues(const Indicator&)>;

/// The report of a set at a year P. Value columns: the baseline, P-2, P-1 and P. Change columns: P-2 to P-1, P-1 to
/// P, and the baseline to P per year; none begins before the baseline. Numbers are those of the set; a number that
/// merged later has its own row. `read` is called once for each row, with an Indicator of a merged number's own too.
/// Throws Error (usage) for an unknown set or a period that is no year from the baseline on.
StatusReport make_report(const Catalogue& catalogue, int set, const Period& period, std::optional<Time> as_of,
                         const ReadValues& read);

} // namespace skurd
