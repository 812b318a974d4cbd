#include "serve/metrics.hpp"

namespace skurd {

std::vector<Metric> all_metrics()
{
    auto all = process_metrics();
    for (const auto* more : {&job_metrics(), &store_metrics()})
        all.insert(all.end(), more->begin(), more->end());
    return all;
}

std::string metrics_text(const DaemonFigures& figures, MetricsFormat format)
{
    MetricsText text(format);
    for (const auto& metric : all_metrics())
        text.add(metric.head, metric.samples(figures));
    return text.take();
}

} // namespace skurd
