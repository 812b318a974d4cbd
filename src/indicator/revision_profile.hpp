#pragma once

#include "base/csv_writer.hpp"
#include "indicator/evaluate.hpp"
#include "model/revision.hpp"
#include "model/vintage.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// From the values as of every publication that changed any (values_over_time()), ascending. A change of definition
/// is no revision: what does not compare with the number before it (another definition, another price base) begins a
/// figure of its own. What stands in the end stood at `last_release`, of anything the indicator is made from.
RevisionHistory revision_history(const Catalogue& catalogue, const Indicator& indicator,
                                 const std::vector<ValuesFrom>& releases, Time last_release);

/// Of every series of a store's history (by series, period, publication time). `last_release` is that of each
/// dataset. Revisions of a series in percent are counted in points.
std::vector<RevisionHistory> revision_histories(const std::vector<Observation>& history,
                                                const std::map<std::string, Time>& last_release);

RevisionProfile revision_profile(const std::vector<Figure>& figures);

/// Real-time data in long form, for the R package reviser and its like: `id,period,published,value`, a row for each
/// published version, ascending in period and publication time. Of a period with several figures only the newest,
/// whose versions compare.
void write_tidy_header(CsvWriter& out);
std::size_t write_tidy_rows(const RevisionHistory& history, CsvWriter& out);

/// The figures that write_tidy_rows() writes.
std::vector<const Figure*> newest_figures(const RevisionHistory& history);

} // namespace skurd
