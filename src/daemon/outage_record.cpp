#include "daemon/outage_record.hpp"

#include "daemon/job_status.hpp"
#include "daemon/told_places.hpp"
#include "query/job_findings.hpp"
#include "query/state_findings.hpp"
#include "query/status.hpp"
#include "store/clock_store.hpp"
#include "store/flag_store.hpp"
#include "store/outage_store.hpp"
#include "store/vintage_store.hpp"

#include <fmt/format.h>

namespace skurd {

namespace {

constexpr std::chrono::days outages_kept{400};
constexpr std::size_t outages_kept_max = 1000;

FoundCause cause_of_flag(const Flag& flag, const ToldPlaces& places)
{
    return {flag.kind == FlagKind::overdue ? Concern::late : Concern::failing,
            places.source_of(flag.job),
            {flag.key, flag.job, {flag.text_nb, flag.text_en}}};
}

/// Findings are English, as errors are.
FoundCause cause_of_finding(const StatusFinding& finding, const ToldPlaces& places)
{
    const bool is_of_job = finding.concern == Concern::late || finding.concern == Concern::no_yield;
    const auto sentence = finding.sentence();
    return {finding.concern,
            is_of_job ? places.source_of(finding.about) : finding.about,
            {fmt::format("{}/{}", to_string(finding.concern), finding.about),
             is_of_job ? finding.about : "",
             {sentence, sentence}}};
}

void find_in_machine(const Workspace& workspace, const ToldPlaces& places, Time now, std::vector<FoundCause>& found)
{
    const auto& state = workspace.installation.state;
    auto findings = room_findings(disk_rooms(state));
    const auto unwritable = writing_findings(state);
    findings.insert(findings.end(), unwritable.begin(), unwritable.end());
    for (const auto& mistake : workspace.jobs->errors)
        findings.push_back({Concern::files, mistake.substr(0, mistake.find(':')), mistake});
    if (!workspace.in_force.get().is_last_reload_good)
        findings.push_back({Concern::files, "reload", "what is on disk was not taken over: see `skurd status`"});
    if (auto doubt = clock_finding(ClockStore(workspace.store).evidence(), now))
        findings.push_back(std::move(*doubt));
    for (const auto& finding : findings)
        found.push_back(cause_of_finding(finding, places));
}

void find_in_jobs(Workspace& workspace, const ToldPlaces& places, Time now, std::vector<FoundCause>& found)
{
    auto jobs = job_statuses(*workspace.jobs);
    add_plans(workspace.schedule, *workspace.jobs, now, jobs);
    add_health(workspace.store, jobs);
    const auto datasets = VintageStore(workspace.store).datasets();
    for (const auto& finding : job_findings(jobs, {datasets.begin(), datasets.end()}, now))
        if (finding.concern != Concern::failing) // of which the flag tells
            found.push_back(cause_of_finding(finding, places));
}

} // namespace

bool is_outage(const Flag& flag)
{
    return flag.kind == FlagKind::failing || flag.kind == FlagKind::overdue;
}

std::vector<FoundCause> found_causes(Workspace& workspace, Time now)
{
    const ToldPlaces places(*workspace.jobs, workspace.catalogue);
    std::vector<FoundCause> found;
    for (const auto& flag : FlagStore(workspace.store).list(Ended::left_out))
        if (is_outage(flag))
            found.push_back(cause_of_flag(flag, places));
    find_in_machine(workspace, places, now, found);
    find_in_jobs(workspace, places, now, found);
    return found;
}

void record_outages(Workspace& workspace, OutageWatch& watch, Time now)
{
    OutageStore store(workspace.store);
    const auto changes = watch.see(found_causes(workspace, now), store.open(), now);
    if (changes.begun.empty() && changes.joined.empty() && changes.ended.empty())
        return;
    StoreSession::Transaction transaction(workspace.store);
    for (const auto& outage : changes.begun)
        store.begin(outage);
    for (const auto& [id, cause] : changes.joined)
        store.join(id, cause, now);
    for (const auto id : changes.ended)
        store.end(id, now);
    store.expire(now - outages_kept, outages_kept_max);
    transaction.commit();
}

} // namespace skurd
