// The right half of a run: responses -> release -> schema check -> vintage.
//
// A release is decoded in one place (decode_release) and stored in one place (store_release), whoever asks: a run, a
// replay of stored payloads, a retry from quarantine. Between the two its dataset schema is held against the accepted
// one. What differs there is drift: harmless drift is recorded; drift that touches a series in use blocks that
// series, whose payload waits in quarantine until a person agrees; and where that leaves nothing to ingest, or the
// dimensions themselves differ, the whole release is refused. A person who agrees to the drift gets all of it, and a
// break is marked in each series in use that goes on from numbers of the old schema.
#include "run/ingest.hpp"

#include "base/text.hpp"
#include "base/time_text.hpp"
#include "evaluate/drift_breaks.hpp"
#include "evaluate/publications.hpp"
#include "evaluate/source_flags.hpp"
#include "lib/openssl/sha256.hpp"
#include "model/quarantine.hpp"
#include "model/release.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/dataset_store.hpp"
#include "store/observation_store.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/vintage_store.hpp"
#include "view/value_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace skurd {

namespace {

constexpr std::size_t planned_changes_max = 20;

/// What a person is told of a release that was ingested.
std::string message_of(const IngestResult& result)
{
    const auto& counts = result.counts;
    auto message =
        result.vintage
            ? fmt::format("{} cells, {} new, {} revised, {} withdrawn; published {}", counts.cells,
                          counts.rows - counts.revised - counts.withdrawn - counts.reworded, counts.revised,
                          counts.withdrawn, published_day(result.placed.published_at, result.placed.confidence))
            : fmt::format("{} cells, all as before{}", counts.cells,
                          counts.suppressed > 0 ? " (other bytes, the same numbers)" : "");
    if (result.late && result.vintage)
        message += ", before what was there already: put in its place";
    if (!result.no_longer_offered.empty())
        message += fmt::format("; no longer offered, and as they were: {}", join(result.no_longer_offered, ", "));
    if (counts.relabelled > 0)
        message += fmt::format("; {} labels, units or notes changed", counts.relabelled);
    return message;
}

/// The hashes of what the run was given. A dry run has no row that says so.
std::vector<std::string> payloads_of(const IngestInput& input, const Run& run)
{
    if (run.id != 0)
        return RunStore(input.tools.store).payloads(run.id);
    std::vector<std::string> hashes;
    hashes.reserve(input.responses.size());
    for (const auto& response : input.responses)
        hashes.push_back(Sha256::of(response.body));
    return hashes;
}

/// Where the vintage stands that these payloads made before, all of them, without what was blocked then; the store
/// would take them for the same release again unless it is told that they are decoded anew. Payloads that are fetched
/// now and made a vintage which another took over from are news: the source went back to them.
std::optional<PublicationClaim> vintage_of_bytes(const IngestInput& input, const std::string& dataset, const Run& run)
{
    const RunStore runs(input.tools.store);
    const auto payloads = payloads_of(input, run);
    const auto vintages = VintageStore(input.tools.store).list(dataset);
    const auto found = std::find_if(vintages.rbegin(), vintages.rend(), [&](const Vintage& vintage) {
        return vintage.made_from == payloads.back() && runs.payloads(vintage.run) == payloads;
    });
    if (found == vintages.rend() || (!input.held_since && found != vintages.rbegin()))
        return std::nullopt;
    return found->published;
}

/// What the claim says that a person should know.
std::string on_claim(const IngestResult& result, const PublicationClaim& claim)
{
    const auto claimed = fmt::format("{} {}", claim.field, format_time(claim.published_at));
    switch (result.claim) {
    case ClaimFinding::none:
        return "";
    case ClaimFinding::restated:
        return fmt::format("; restated under the same date ({})", claimed);
    case ClaimFinding::older:
        return fmt::format("; the source dates it before the numbers it replaces ({}), so that is no claim", claimed);
    case ClaimFinding::ahead:
        return fmt::format("; the source dates it later than it came ({}), so that is no claim", claimed);
    }
    return "";
}

Arrival arrival_of(const IngestInput& input, const Decoded& decoded, std::int64_t dataset_token)
{
    const auto& last = input.responses.back();
    return {input.held_since, last.dated_at, decoded.modified, dataset_token};
}

void flag_blocking(const RunTools& tools, const std::string& job, const std::string& dataset,
                   const SchemaCheck& check, const Agreement& agreement)
{
    flag_drift(tools.store, job, dataset, agreement.drift ? std::vector<Drift>() : check.drift(), tools.clock.now());
}

/// Takes what a drift blocks out of the release. Throws SchemaDriftError where nothing is left.
void block(const IngestInput& input, SchemaCheck& check, Release& release)
{
    check.block(release);
    if (!check.blocks_all())
        return;
    if (input.options.effect == Effect::store) {
        DatasetSchemaStore(input.tools.store).record_drift(release.dataset, check.drift(), 0);
        flag_blocking(input.tools, input.job.job.id, release.dataset, check, input.options.agreement);
    }
    throw SchemaDriftError(fmt::format("{}: nothing was ingested{}; if that is right, ingest it with --accept-drift",
                                       release.dataset, check.text()));
}

void quarantine_blocked(const IngestInput& input, const SchemaCheck& check, const Run& run)
{
    QuarantineStore(input.tools.store)
        .add({0, input.job.job.id, input.payload.hash, input.responses.back().url,
              fmt::format("{} series blocked{}", check.blocked(), check.text()), input.tools.clock.now(), run.id,
              QuarantineKind::drift, input.responses.back().file_time(), input.options.published},
             input.state.connector);
}

JobState state_after(const JobState& before, const DecodedRelease& decoded, const PublicationClaim& published,
                     const Run& run)
{
    JobState after = before;
    after.connector = decoded.decoded.state;
    after.input_hash.clear();
    if (run.vintage != 0)
        after.newest_vintage = run.vintage;
    note_publication(after, published, decoded.decoded.next_published_at);
    return after;
}

std::string beside(const SchemaCheck& check, const Decoded& decoded)
{
    constexpr std::size_t size_max = 3000; // of a message of 4096 bytes
    auto text = check.text();
    auto notes = decoded.notes;
    for (const auto& finding : decoded.findings)
        notes.push_back(finding.text_en);
    std::size_t told = 0;
    for (; told < notes.size() && text.size() + notes[told].size() < size_max; ++told)
        text += "; " + notes[told];
    return told == notes.size() ? text : text + fmt::format("; and {} more notes", notes.size() - told);
}

} // namespace

IngestResult store_release(const RunTools& tools, const Agreement& agreement, const ReleaseToStore& release, Run& run)
{
    auto rules = tools.rules;
    rules.agreement = agreement;
    rules.ordered_by = release.ordered_by;
    auto result = VintageStore(tools.store)
                      .ingest(release.release, release.claim, release.origin, release.payload, run.id, rules,
                              release.arrival, release.stop);
    run.dataset = release.release.dataset;
    run.counts = result.counts;
    run.vintage = result.vintage ? result.vintage->id : 0;
    run.outcome = result.vintage ? RunOutcome::new_vintage : RunOutcome::nothing_new;
    run.message = message_of(result);
    return result;
}

void store_schema(const RunTools& tools, const std::string& job, const SchemaCheck& check, const Agreement& agreement,
                  const Run& run)
{
    DatasetSchemaStore schemas(tools.store);
    schemas.record_drift(run.dataset, check.drift(), run.id);
    schemas.store(run.dataset, check.schema_after(agreement, tools.clock.now()), run.id);
    flag_blocking(tools, job, run.dataset, check, agreement);
}

namespace {

std::optional<std::string> text_of(const std::optional<Value>& value)
{
    return value ? std::optional(value_text(value)) : std::nullopt;
}

/// What storing the release would come to: it is stored, looked at and taken back.
void try_out(const IngestInput& input, const ReleaseToStore& release, Run& run)
{
    const auto& last = input.responses.back();
    auto& store = input.tools.store;
    const StoreSession::Transaction never_committed(store, release.release.dataset);
    const auto payload = PayloadStore(store).enter(last.body, last.media_type, last.url);
    const auto result = store_release(
        input.tools, input.options.agreement,
        {release.release, release.claim, payload, release.origin, release.arrival, release.ordered_by, release.stop},
        run);
    run.message =
        fmt::format("dry run, nothing stored: it would be {}: {}{}",
                    run.vintage != 0 ? "a new vintage" : "nothing new", run.message, on_claim(result, release.claim));
    run.outcome = RunOutcome::nothing_new;
    if (const auto vintage = std::exchange(run.vintage, 0); vintage != 0)
        for (const auto& change : ObservationStore(store).changes_by(run.dataset, vintage, planned_changes_max))
            run.changes.push_back({codes_text(change.observation.codes), change.observation.period.text(),
                                   text_of(change.before), text_of(change.now)});
}

} // namespace

Ingested ingest(const IngestInput& input, Run& run)
{
    const auto& [job, tools, options, state, responses, payload, origin, held_since, stop] = input;
    auto decoded =
        compute(tools, [&] { return decode_release(input.job, input.state.connector, input.responses, input.stop); });
    if (stop.stop_requested())
        throw Stopped("stopped before it was ingested");
    auto& release = decoded.release;
    run.dataset = release.dataset;
    auto claim = options.published.value_or(decoded.decoded.claim);
    const auto dataset_token = DatasetStore(tools.store).token(release.dataset);
    SchemaCheck check(job, tools.catalogue, DatasetSchemaStore(tools.store).accepted(release.dataset), decoded);
    if (!options.agreement.drift)
        block(input, check, release);
    const DriftBreaks breaks(tools.store, check.in_use(),
                             options.agreement.drift ? check.drift() : std::vector<Drift>());
    const auto before = options.agreement.drift ? vintage_of_bytes(input, release.dataset, run) : std::nullopt;
    if (!options.published)
        claim = before.value_or(claim);
    const auto from = decoded.decoded.is_past && origin == Origin::harvest ? Origin::import : origin;
    const ReleaseToStore to_store{release,
                                  claim,
                                  payload,
                                  before ? Origin::replay : from,
                                  arrival_of(input, decoded.decoded, dataset_token),
                                  options.ordered_by,
                                  stop};
    if (options.effect == Effect::dry_run) {
        try_out(input, to_store, run);
        run.message += beside(check, decoded.decoded);
        return {state};
    }
    const auto result = store_release(tools, options.agreement, to_store, run);
    run.message += on_claim(result, claim);
    flag_placing(tools.store, job.job.id, release.dataset, claim, result, tools.clock.now());
    const bool is_newest = !result.late || (from != Origin::harvest && from != Origin::import);
    if (is_newest)
        store_schema(tools, job.job.id, check, options.agreement, run);
    breaks.mark(tools.store);
    if (is_newest && !options.is_backfill())
        flag_findings(tools.store, job.job.id, decoded.decoded.findings, tools.clock.now());
    run.message += beside(check, decoded.decoded);
    if (check.blocked() > 0 && !options.is_backfill())
        quarantine_blocked(input, check, run);
    const auto& published = result.claim == ClaimFinding::ahead ? result.placed : claim;
    return {state_after(state, decoded, published, run), is_newest};
}

} // namespace skurd
