#include "query/status.hpp"

#include "query/evaluated.hpp"
#include "query/indicators.hpp"
#include "store/flag_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/vintage_store.hpp"

#include <fmt/format.h>

#include <map>

namespace skurd {

namespace {

/// What is wrong with the jobs, their last runs and their drop folders.
void add_complaints(const ConfiguredJobs& configured, Status& status)
{
    status.notes = configured.notes;
    status.wrong.insert(status.wrong.end(), configured.errors.begin(), configured.errors.end());
    for (const auto& job : status.jobs)
        if (job.enabled && job.health.last && job.health.last->outcome == RunOutcome::failed)
            status.wrong.push_back(fmt::format("{}: failed {} in a row: {}", job.job, job.health.failures_in_row,
                                               job.health.last->message));
    for (const auto& file : configured.files_without_job)
        status.wrong.push_back(
            fmt::format("{}: no job matches this file (see the patterns in the job files)", file.string()));
}

} // namespace

void add_health(const StoreSession& store, std::vector<JobStatus>& jobs)
{
    std::map<std::string, SourceHealth> health;
    for (auto& one : RunStore(store).health())
        health[one.job] = one;
    for (auto& job : jobs)
        job.health = health[job.job];
}

Status status(const StoreSession& store, const std::filesystem::path& state, ConfiguredJobs configured,
              const Catalogue& catalogue)
{
    Status status;
    if (configured.errors.empty()) // else what a job could give is not known
        status.wrong = selector_errors(&store, catalogue, std::move(configured.offers));
    status.state = state.string();
    status.jobs = std::move(configured.jobs);
    add_health(store, status.jobs);
    status.vintages = VintageStore(store).list().size();
    status.open_flags = FlagStore(store).list(Ended::left_out).size();
    status.quarantined = QuarantineStore(store).list().size();
    if (!is_evaluated(store, catalogue))
        status.wrong.emplace_back(
            "the newest numbers are not judged by today's catalogue: run `skurd harvest --due`");
    add_complaints(configured, status);
    return status;
}

Status status_without_store(const std::filesystem::path& state, ConfiguredJobs configured)
{
    Status status;
    status.state = state.string();
    status.jobs = std::move(configured.jobs);
    status.wrong = {fmt::format("no store yet at {}: run `skurd harvest --all`", status.state)};
    add_complaints(configured, status);
    return status;
}

} // namespace skurd
