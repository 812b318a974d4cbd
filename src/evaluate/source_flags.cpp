#include "evaluate/source_flags.hpp"

#include "base/text.hpp"
#include "model/drift.hpp"
#include "model/flag.hpp"
#include "model/quarantine.hpp"
#include "store/flag_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/store_session.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

std::string key_of(FlagKind kind, const std::string& job)
{
    return fmt::format("{}/{}", to_string(kind), job);
}

FlagCause cause_of(FlagKind kind, const std::string& job)
{
    FlagCause cause;
    cause.key = key_of(kind, job);
    cause.kind = kind;
    cause.job = job;
    return cause;
}

void bring_in_line(StoreSession& store, const std::string& job, const std::vector<FlagCause>& found,
                   std::initializer_list<FlagKind> kinds, Time now)
{
    std::vector<std::string> keys;
    for (const auto kind : kinds)
        keys.push_back(key_of(kind, job));
    store_flag_changes(store, source_flag_changes(FlagStore(store).list(true), found, keys, now));
}

/// What of a job is in quarantine for that reason or another, as one cause.
FlagCause quarantine_cause(FlagKind kind, const std::string& job, const std::vector<const Quarantined*>& held)
{
    auto cause = cause_of(kind, job);
    for (const auto* one : held)
        cause.inputs += fmt::format("{} ", one->id);
    const auto& newest = *held.front();
    cause.text_nb = fmt::format("Jobb {}: {} i karantene, sist {}: {} (se skurd quarantine show {})", job,
                                held.size(), newest.name, newest.reason, newest.id);
    cause.text_en = fmt::format("Job {}: {} in quarantine, the last {}: {} (see skurd quarantine show {})", job,
                                held.size(), newest.name, newest.reason, newest.id);
    return cause;
}

} // namespace

void store_flag_changes(StoreSession& store, const std::vector<FlagChange>& changes)
{
    for (const auto& change : changes) {
        if (change.event == FlagEvent::raised)
            FlagStore(store).raise(change.flag);
        else
            FlagStore(store).change(change.flag, to_string(change.event));
    }
}

void flag_findings(StoreSession& store, const std::string& job, const std::vector<SourceFinding>& findings, Time now)
{
    std::vector<FlagCause> causes;
    for (const auto& finding : findings) {
        auto cause = cause_of(finding.kind, job);
        cause.inputs = finding.inputs;
        cause.text_nb = fmt::format("Jobb {}: {}", job, finding.text_nb);
        cause.text_en = fmt::format("Job {}: {}", job, finding.text_en);
        causes.push_back(std::move(cause));
    }
    bring_in_line(store, job, causes, {FlagKind::frozen, FlagKind::replaced}, now);
}

void flag_drift(StoreSession& store, const std::string& job, const std::string& dataset,
                const std::vector<Drift>& drift, Time now)
{
    std::vector<std::string> nb;
    std::vector<std::string> en;
    for (const auto& one : drift)
        if (one.severity != Severity::harmless) {
            nb.push_back(one.text_nb);
            en.push_back(one.text_en);
        }
    std::vector<FlagCause> causes;
    if (!en.empty()) {
        auto cause = cause_of(FlagKind::drift, job);
        cause.inputs = join(en, "; ");
        cause.text_nb = fmt::format("{} er endret hos kilden, og seriene det gjelder er stanset: {} (godta med skurd "
                                    "harvest {} --accept-drift)",
                                    dataset, join(nb, "; "), job);
        cause.text_en = fmt::format("{} has changed at the source, and the series it touches are stopped: {} (agree "
                                    "with skurd harvest {} --accept-drift)",
                                    dataset, join(en, "; "), job);
        causes.push_back(std::move(cause));
    }
    bring_in_line(store, job, causes, {FlagKind::drift}, now);
}

void flag_quarantine(StoreSession& store, const std::string& job, Time now)
{
    std::vector<const Quarantined*> refused;
    std::vector<const Quarantined*> suspect;
    const auto held = QuarantineStore(store).list();
    for (const auto& one : held)
        if (one.job == job && one.kind != QuarantineKind::drift)
            (one.kind == QuarantineKind::suspect ? suspect : refused).push_back(&one);
    std::vector<FlagCause> causes;
    if (!refused.empty())
        causes.push_back(quarantine_cause(FlagKind::quarantine, job, refused));
    if (!suspect.empty())
        causes.push_back(quarantine_cause(FlagKind::suspect, job, suspect));
    bring_in_line(store, job, causes, {FlagKind::quarantine, FlagKind::suspect}, now);
}

} // namespace skurd
