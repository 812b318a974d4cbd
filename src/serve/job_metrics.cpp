// Jobs that never ran have no number where one would be made up: an alert asks for what is absent.
#include "serve/metrics.hpp"

namespace skurd {

namespace {

using Type = MetricHead::Type;
using Samples = std::vector<MetricSample>;

double timestamp(Time time)
{
    return static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

/// One number for each job of which there is one.
template <typename Value>
Samples by_job(const DaemonFigures& figures, const Value& value)
{
    Samples samples;
    for (const auto& job : figures.jobs)
        if (const std::optional<double> number = value(job))
            samples.push_back({{{"job_id", job.job}}, *number});
    return samples;
}

template <typename Value>
Samples by_host(const DaemonFigures& figures, const Value& value)
{
    Samples samples;
    for (const auto& [host, totals] : figures.fetched)
        samples.push_back({{{"host", host}}, static_cast<double>(value(totals))});
    return samples;
}

std::optional<double> optional_timestamp(const std::optional<Time>& time)
{
    return time ? std::optional(timestamp(*time)) : std::nullopt;
}

Samples lateness(const DaemonFigures& figures)
{
    return by_job(figures, [&](const JobStatus& job) -> std::optional<double> {
        if (job.schedule.empty())
            return std::nullopt;
        return job.owed_since ? std::max(timestamp(figures.now) - timestamp(*job.owed_since), 0.0) : 0.0;
    });
}

Samples runs_by_outcome(const DaemonFigures& figures)
{
    Samples samples;
    for (const auto word : enum_words<RunOutcome>) {
        const auto outcome = *from_word<RunOutcome>(word);
        const auto found = figures.runs_ended.find(outcome);
        if (outcome != RunOutcome::running)
            samples.push_back({{{"outcome", std::string(word)}},
                               found == figures.runs_ended.end() ? 0 : static_cast<double>(found->second)});
    }
    return samples;
}

} // namespace

const std::vector<Metric>& job_metrics()
{
    static const std::vector<Metric> metrics = {
        {{"skurd_job_last_success_timestamp_seconds", Type::gauge, "seconds",
          "When the job's last run that succeeded ended, whether it found something new or not."},
         [](const DaemonFigures& f) {
             return by_job(f, [](const JobStatus& job) { return optional_timestamp(job.health.last_success); });
         }},
        {{"skurd_job_lateness_seconds", Type::gauge, "seconds",
          "For how long a run has been due that none has succeeded for; 0 where nothing is owed."},
         &lateness},
        {{"skurd_job_next_run_timestamp_seconds", Type::gauge, "seconds", "When the job's next run is made."},
         [](const DaemonFigures& f) {
             return by_job(f, [](const JobStatus& job) { return optional_timestamp(job.next_run); });
         }},
        {{"skurd_job_failures_in_row", Type::gauge, "", "Runs of the job that failed since the last that succeeded."},
         [](const DaemonFigures& f) {
             return by_job(f, [](const JobStatus& job) {
                 return std::optional(static_cast<double>(job.health.failures_in_row));
             });
         }},
        {{"skurd_job_running", Type::gauge, "", "Whether a run of the job is at work (1)."},
         [](const DaemonFigures& f) {
             return by_job(f, [](const JobStatus& job) {
                 const bool runs = job.health.last && job.health.last->outcome == RunOutcome::running;
                 return std::optional(runs ? 1.0 : 0.0);
             });
         }},
        {{"skurd_runs_total", Type::counter, "", "Runs that ended, by outcome, since the process began."},
         &runs_by_outcome},
        {{"skurd_fetch_requests_total", Type::counter, "",
          "Requests made to a host, those made anew included, since the process began."},
         [](const DaemonFigures& f) { return by_host(f, [](const HostTotals& t) { return t.requests; }); }},
        {{"skurd_fetch_failures_total", Type::counter, "",
          "Requests to a host that got no answer, or one of status 429 or 5xx."},
         [](const DaemonFigures& f) { return by_host(f, [](const HostTotals& t) { return t.failures; }); }},
        {{"skurd_fetch_retries_total", Type::counter, "", "Requests to a host that were made anew."},
         [](const DaemonFigures& f) { return by_host(f, [](const HostTotals& t) { return t.retries; }); }},
        {{"skurd_fetch_response_bytes_total", Type::counter, "bytes",
          "Bytes of the bodies that a host answered with."},
         [](const DaemonFigures& f) { return by_host(f, [](const HostTotals& t) { return t.bytes; }); }},
        {{"skurd_fetch_wait_seconds_total", Type::counter, "seconds",
          "How long requests waited for the host's pace, or because it asked to be left alone."},
         [](const DaemonFigures& f) {
             return by_host(f, [](const HostTotals& t) { return static_cast<double>(t.waited.count()) / 1000; });
         }},
    };
    return metrics;
}

} // namespace skurd
