#pragma once

#include "model/status_report.hpp"

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// Which report is wanted.
struct ReportQuestion {
    int set = 0;
    Period period; ///< a year from the set's baseline on
    std::optional<Time> as_of = {};
    std::optional<Thresholds> what_if = {}; ///< tried in the place of all limits
    std::optional<int> prices_of = {};      ///< amounts in kroner of that year, by the catalogue's price index
};

/// Gives the values of an indicator as of the report's day, and the breaks known of it.
using ReadIndicator = std::function<IndicatorSeries(const Indicator&)>;

/// The report of a set at a year P. Value columns: the baseline, P-2, P-1 and P, or every year from the baseline.
/// Change columns, as the set says: P-2 to P-1, P-1 to P, and per year from each indicator's own baseline, or the
/// set's, to P; none begins before the set's baseline. A set that shows the newest numbers has neither: each row's
/// course ends with its number. Numbers are those of the set; a number that merged later, and one by a revised
/// definition, has its own row.
///
/// `read` is called once for each row, with an Indicator of a merged number's own too, and for the price index. What
/// it differs in from an earlier report is not filled in. Throws Error (usage) for an unknown set, a period that is
/// no year from the baseline on, and prices of a year without a price index.
StatusReport make_report(const Catalogue& catalogue, const ReportQuestion& question, const ReadIndicator& read);

/// What the outcomes of a change column add up to. More improved than worsened is positive, the other way negative,
/// neither but some unchanged is unchanged. A row by a revised definition is not counted beside its indicator's own.
/// The plan is positive "if at least one goal improves and no other worsens" (the evaluation's rule), negative if one
/// worsens and none improves; parts that are none of the `goals` are counted, no more.
RollUp roll_up(const std::vector<StatusReport::Row>& rows, std::size_t column, const std::set<std::string>& goals);

} // namespace skurd
