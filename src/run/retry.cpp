#include "run/retry.hpp"

#include "base/error.hpp"
#include "evaluate/source_flags.hpp"
#include "run/ingest.hpp"
#include "run/job_run.hpp"
#include "run/run_record.hpp"
#include "run/stored_responses.hpp"
#include "store/job_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/vintage_store.hpp"

namespace skurd {

namespace {

/// When the payload was published: as the rest of it was, where that was ingested; else as who gave it said.
std::optional<PublicationClaim> claim_of(const StoreSession& store, const Quarantined& held)
{
    for (const auto& vintage : VintageStore(store).list())
        if (vintage.run == held.run)
            return vintage.published;
    return held.claim;
}

/// The job's state as it is, but for what the connector remembered when the payload was fetched.
JobState state_then(const StoreSession& store, const Quarantined& held)
{
    auto state = JobStore(store).state(held.job);
    state.connector = QuarantineStore(store).connector_state(held.id);
    return state;
}

void ingest_again(const ReadyJob& job, const RunTools& tools, const Quarantined& held, RunOptions options,
                  RunRecord& record)
{
    if (held.run == 0)
        throw error("an older skurd put it there and did not note its run: give the file to `skurd drop`, or fetch "
                    "again with `skurd harvest {} --force`",
                    held.job);
    auto responses = stored_responses(tools.store, held.run, held.at, held.modified_at.value_or(held.at));
    responses.back().url = held.name;
    const auto payload = record.add_payloads_of(held.run);
    if (!options.published)
        options.published = claim_of(tools.store, held);
    const auto origin = takes_files(job) ? Origin::drop : Origin::harvest;
    const auto ingested = ingest(
        {job, tools, options, state_then(tools.store, held), responses, payload, origin, held.at}, record.run());
    if (ingested.is_newest) // else the job knows later responses
        JobStore(tools.store).store_state(held.job, ingested.state);
}

} // namespace

Run retry_quarantined(const ReadyJob& job, const RunTools& tools, const Quarantined& held, const RunOptions& options,
                      const std::string& actor)
{
    RunRecord record(tools.store, tools.clock, job.job.id);
    record.open();
    try {
        ingest_again(job, tools, held, options, record);
        QuarantineStore(tools.store).end(held.id, QuarantineEnd::ingested, actor, record.run().message);
    } catch (const std::exception& failure) { // the edge of a job run
        record.fail(full_message(failure));
    }
    flag_quarantine(tools.store, job.job.id, tools.clock.now());
    return record.close();
}

} // namespace skurd
