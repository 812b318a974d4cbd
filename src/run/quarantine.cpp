#include "run/quarantine.hpp"

#include "base/error.hpp"
#include "evaluate/source_flags.hpp"
#include "model/payload.hpp"
#include "model/quarantine.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "run/ingest.hpp"
#include "run/stored_responses.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

namespace skurd {

namespace {

/// When the payload was published, where the rest of it was taken in: as that was.
std::optional<PublicationClaim> claim_of(const StoreSession& store, const Quarantined& held)
{
    for (const auto& vintage : VintageStore(store).list(""))
        if (vintage.run == held.run)
            return vintage.published;
    return std::nullopt;
}

void take_in_again(const ReadyJob& job, const RunTools& tools, const Quarantined& held, RunOptions options, Run& run)
{
    if (held.run == 0)
        throw error("an older skurd put it there and did not note its run: give the file to `skurd drop`, or fetch "
                    "again with `skurd harvest {} --force`",
                    held.job);
    auto responses = stored_responses(tools.store, held.run, held.at, held.at);
    responses.back().url = held.name;
    PayloadRef payload;
    for (const auto& hash : RunStore(tools.store).payloads(held.run)) {
        payload.hash = hash;
        RunStore(tools.store).add_payload(run.id, payload);
    }
    if (!options.published)
        options.published = claim_of(tools.store, held);
    const auto origin = takes_files(job) ? Origin::drop : Origin::harvest;
    take_in({job, tools, options, payload, origin}, {}, responses, run);
}

} // namespace

Run run_quarantined(const ReadyJob& job, const RunTools& tools, const Quarantined& held, const RunOptions& options,
                    const std::string& by)
{
    Run run;
    run.job = job.job.id;
    run.started_at = tools.clock.now();
    run.id = RunStore(tools.store).start(run.job);
    try {
        take_in_again(job, tools, held, options, run);
        QuarantineStore(tools.store).end(held.id, QuarantineEnd::taken_in, by, run.message);
    } catch (const std::exception& failure) { // the edge of a job run
        run.outcome = RunOutcome::failed;
        run.message = full_message(failure);
    }
    flag_quarantine(tools.store, run.job, tools.clock.now());
    run.finished_at = tools.clock.now();
    RunStore(tools.store).finish(run);
    return run;
}

} // namespace skurd
