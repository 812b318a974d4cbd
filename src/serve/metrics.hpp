#pragma once

#include "serve/daemon_view.hpp"
#include "serve/metrics_text.hpp"

#include <vector>

namespace skurd {

/// A metric and where its numbers come from.
struct Metric {
    MetricHead head;
    std::vector<MetricSample> (*samples)(const DaemonFigures&) = nullptr;
};

// Adding one: a row in one of these tables, and one in README.md of this folder. Labels are what a job file, the
// configuration or a table of words names, so there are only so many.

const std::vector<Metric>& process_metrics(); ///< the program, its process and its loop
const std::vector<Metric>& job_metrics();     ///< jobs, runs and what was asked of sources
const std::vector<Metric>& store_metrics();   ///< the store, flags, orders and messages
std::vector<Metric> all_metrics();

std::string metrics_text(const DaemonFigures& figures, MetricsFormat format);

} // namespace skurd
