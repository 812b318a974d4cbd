#pragma once

#include "model/indicator.hpp"
#include "model/status_report.hpp"

namespace skurd::test {

/// Two made-up reports with something of everything that a rendering must show. Own what the rows point to, so they
/// stay where they are.
struct SampleReports {
    Catalogue catalogue;
    StatusReport status;    ///< of set 3: two value columns, two change columns
    StatusReport baselines; ///< of set 1: the newest number of each

    SampleReports();
    SampleReports(const SampleReports&) = delete;
    SampleReports& operator=(const SampleReports&) = delete;
    ~SampleReports() = default;
};

} // namespace skurd::test
