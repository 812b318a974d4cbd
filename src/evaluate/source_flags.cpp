#include "evaluate/source_flags.hpp"

#include "base/fingerprint.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "evaluate/reconcile_flags.hpp"
#include "model/drift.hpp"
#include "model/flag.hpp"
#include "model/quarantine.hpp"
#include "store/quarantine_store.hpp"
#include "store/store_session.hpp"

#include <fmt/format.h>

#include <set>

namespace skurd {

namespace {

std::string key_of(FlagKind kind, const std::string& job)
{
    return fmt::format("{}/{}", to_string(kind), job);
}

/// What a cause is told apart by from a later one, of bounded size.
std::string bounded_inputs(const std::string& inputs)
{
    constexpr std::size_t size_max = 1000;
    return inputs.size() <= size_max ? inputs
                                     : fmt::format("{} {:016x}", whole_prefix(inputs, size_max), fingerprint(inputs));
}

FlagCause cause_of(FlagKind kind, const std::string& job)
{
    FlagCause cause;
    cause.key = key_of(kind, job);
    cause.kind = kind;
    cause.job = job;
    return cause;
}

/// The job's flags of these kinds, and no others.
void reconcile(StoreSession& store, const std::string& job, const std::vector<FlagCause>& found,
               const std::set<FlagKind>& kinds, Time now)
{
    reconcile_flags(
        store, found,
        [&](const Flag& flag) { return kinds.contains(flag.kind) && flag.key == key_of(flag.kind, job); }, now);
}

/// What of a job is in quarantine for that reason or another, as one cause.
FlagCause quarantine_cause(FlagKind kind, const std::string& job, const std::vector<const Quarantined*>& held)
{
    auto cause = cause_of(kind, job);
    for (const auto* one : held)
        cause.inputs += fmt::format("{} ", one->id);
    cause.inputs = bounded_inputs(cause.inputs);
    const auto& newest = *held.front();
    cause.text_nb = fmt::format("Jobb {}: {} i karantene, sist {}: {} (se skurd quarantine show {})", job,
                                held.size(), newest.name, newest.reason, newest.id);
    cause.text_en = fmt::format("Job {}: {} in quarantine, the last {}: {} (see skurd quarantine show {})", job,
                                held.size(), newest.name, newest.reason, newest.id);
    return cause;
}

} // namespace

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
    reconcile(store, job, causes, {FlagKind::frozen, FlagKind::replaced}, now);
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
        cause.inputs = bounded_inputs(join(en, "; "));
        cause.text_nb =
            fmt::format("{} er endret hos kilden, og seriene det gjelder er blokkert: {} (godta med skurd "
                        "harvest {} --accept-drift)",
                        dataset, join(nb, "; "), job);
        cause.text_en = fmt::format("{} has changed at the source, and the series it touches are blocked: {} (agree "
                                    "with skurd harvest {} --accept-drift)",
                                    dataset, join(en, "; "), job);
        causes.push_back(std::move(cause));
    }
    reconcile(store, job, causes, {FlagKind::drift}, now);
}

void flag_placing(StoreSession& store, const std::string& job, const std::string& dataset,
                  const PublicationClaim& claim, const IngestResult& result, Time now)
{
    std::vector<FlagCause> causes;
    if (!result.no_longer_offered.empty()) {
        auto cause = cause_of(FlagKind::window, job);
        cause.inputs = bounded_inputs(join(result.no_longer_offered, " "));
        const auto periods = join(result.no_longer_offered, ", ");
        cause.text_nb = fmt::format("{}: kilden tilbyr ikke lenger {}; det den sa om dem, står", dataset, periods);
        cause.text_en =
            fmt::format("{}: the source no longer offers {}; what it said of them stands", dataset, periods);
        reconcile_flags(
            store, {cause}, [](const Flag&) { return false; }, now);
    }
    if (!result.vintage)
        return;
    if (result.claim == ClaimFinding::older || result.claim == ClaimFinding::ahead) {
        const bool older = result.claim == ClaimFinding::older;
        auto cause = cause_of(FlagKind::clock, job);
        cause.inputs = fmt::format("{} {}", claim.field, format_time(claim.published_at));
        cause.text_nb = fmt::format("{}: kilden daterer nye tall {} ({}), {}; de er plassert {}", dataset,
                                    format_time(claim.published_at), claim.field,
                                    older ? "før tallene de erstatter" : "senere enn de kom",
                                    format_time(result.placed.published_at));
        cause.text_en = fmt::format("{}: the source dates new numbers {} ({}), {}; they are placed at {}", dataset,
                                    format_time(claim.published_at), claim.field,
                                    older ? "before the numbers they replace" : "later than they came",
                                    format_time(result.placed.published_at));
        causes.push_back(std::move(cause));
    }
    reconcile(store, job, causes, {FlagKind::clock}, now);
}

void flag_failing(StoreSession& store, const std::string& job, const std::optional<Time>& owed_since, Time now)
{
    std::vector<FlagCause> causes;
    if (owed_since) {
        auto cause = cause_of(FlagKind::failing, job);
        cause.inputs = format_time(*owed_since);
        cause.text_nb =
            fmt::format("Jobb {}: alle forsøk har mislyktes siden {}; skurd prøver videre (se skurd runs {})", job,
                        format_time(*owed_since), job);
        cause.text_en = fmt::format("Job {}: every try has failed since {}; skurd goes on trying (see skurd runs {})",
                                    job, format_time(*owed_since), job);
        causes.push_back(std::move(cause));
    }
    reconcile(store, job, causes, {FlagKind::failing}, now);
}

void flag_quarantine(StoreSession& store, const std::string& job, Time now)
{
    std::vector<const Quarantined*> refused;
    std::vector<const Quarantined*> suspect;
    const auto held = QuarantineStore(store).of_job(job);
    for (const auto& one : held)
        if (one.kind != QuarantineKind::drift)
            (one.kind == QuarantineKind::suspect ? suspect : refused).push_back(&one);
    std::vector<FlagCause> causes;
    if (!refused.empty())
        causes.push_back(quarantine_cause(FlagKind::quarantine, job, refused));
    if (!suspect.empty())
        causes.push_back(quarantine_cause(FlagKind::suspect, job, suspect));
    reconcile(store, job, causes, {FlagKind::quarantine, FlagKind::suspect}, now);
}

} // namespace skurd
