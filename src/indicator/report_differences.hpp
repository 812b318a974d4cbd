#pragma once

#include "model/report_difference.hpp"
#include "model/status_report.hpp"

#include <vector>

namespace skurd {

/// What a report says, to be kept or compared.
ReportSnapshot snapshot_of(const StatusReport& report);

/// What the later report says differently of each indicator, by number. Each difference is classified by the data and
/// the catalogue alone: a value that differs under one definition is a revision; where the definition changed, its
/// `change` says what it is; numbers and members of the sets say the rest. Values of periods that only the later
/// report has are news, not differences.
///
/// `catalogue` is the later report's.
std::vector<ReportDifference> differences(const ReportSnapshot& before, const ReportSnapshot& now,
                                          const Catalogue& catalogue);

} // namespace skurd
