#include "serve/metrics.hpp"

namespace skurd {

namespace {

using Type = MetricHead::Type;
using Samples = std::vector<MetricSample>;

double seconds_of(std::chrono::milliseconds duration)
{
    return static_cast<double>(duration.count()) / 1000;
}

double seconds_since_epoch(std::chrono::system_clock::time_point time)
{
    return seconds_of(std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()));
}

Samples one(std::uint64_t value)
{
    return {{{}, static_cast<double>(value)}};
}

} // namespace

const std::vector<Metric>& process_metrics()
{
    static const std::vector<Metric> metrics = {
        {{"skurd_build_info", Type::info, "",
          "The version of the program, and of the schema of the stores it writes."},
         [](const DaemonFigures& f) -> Samples {
             return {{{{"version", SKURD_VERSION}, {"store_version", std::to_string(f.store_version)}}, 1}};
         }},
        {{"skurd_loop_turn_age_seconds", Type::gauge, "seconds",
          "How long ago the daemon's loop had the store to itself last; it asks for it once a minute at least."},
         [](const DaemonFigures& f) { return one(static_cast<std::uint64_t>(f.liveness.since_turn.count())); }},
        {{"skurd_configuration_read_timestamp_seconds", Type::gauge, "seconds",
          "When the configuration, jobs and catalogue in force were read."},
         [](const DaemonFigures& f) -> Samples {
             return {{{}, seconds_since_epoch(f.configuration_read_at)}};
         }},
        {{"skurd_configuration_reload_good", Type::gauge, "",
          "Whether the last attempt to read the configuration anew was taken over (1) or refused (0)."},
         [](const DaemonFigures& f) { return one(f.is_last_reload_good ? 1 : 0); }},
        {{"process_start_time_seconds", Type::gauge, "seconds", "When the process began."},
         [](const DaemonFigures& f) -> Samples {
             return {{{}, seconds_since_epoch(f.process.started_at)}};
         }},
        {{"process_cpu_seconds_total", Type::counter, "seconds", "Processor time of the process."},
         [](const DaemonFigures& f) -> Samples {
             return {{{}, seconds_of(f.process.processor_time)}};
         }},
        {{"process_resident_memory_bytes", Type::gauge, "bytes", "Memory of the process that is resident."},
         [](const DaemonFigures& f) { return one(f.process.resident_bytes); }},
        {{"process_virtual_memory_bytes", Type::gauge, "bytes", "Virtual memory of the process."},
         [](const DaemonFigures& f) { return one(f.process.virtual_bytes); }},
        {{"process_open_fds", Type::gauge, "", "Descriptors that the process has open."},
         [](const DaemonFigures& f) { return one(f.process.descriptors); }},
        {{"process_max_fds", Type::gauge, "", "Descriptors that the process may have open."},
         [](const DaemonFigures& f) { return one(f.process.descriptors_max); }},
        {{"process_threads", Type::gauge, "", "Threads of the process."},
         [](const DaemonFigures& f) { return one(f.process.threads); }},
    };
    return metrics;
}

} // namespace skurd
