#include "run/replay.hpp"

#include "base/error.hpp"
#include "model/ingest.hpp"
#include "model/payload.hpp"
#include "model/release.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "normalise/join_cubes.hpp"
#include "normalise/normalise.hpp"
#include "run/stored_responses.hpp"
#include "store/run_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <algorithm>
#include <set>

namespace skurd {

namespace {

std::set<std::int64_t> runs_of(const StoreSession& store, const std::string& job)
{
    std::set<std::int64_t> ids;
    for (const auto& run : RunStore(store).list(job, SIZE_MAX))
        ids.insert(run.id);
    return ids;
}

Release decoded_again(const ReadyJob& job, const std::vector<Response>& responses)
{
    auto decoded = job.connector->decode({}, responses);
    return normalise(join_cubes(std::move(decoded.cubes)), decoded.conventions, decoded.dataset,
                     job.connector->guarantee().coverage, decoded.notes);
}

/// The vintage that has the word of those decoded from the same payload as published at the same time.
const Vintage& newest_like(const std::vector<Vintage>& vintages, const Vintage& vintage)
{
    const auto* newest = &vintage;
    for (const auto& other : vintages)
        if (other.made_from == vintage.made_from && other.id > newest->id &&
            other.published.published_at == vintage.published.published_at)
            newest = &other;
    return *newest;
}

void accept(StoreSession& store, Replayed& replayed, const Release& release)
{
    const auto& vintage = replayed.vintage;
    Run run;
    run.job = replayed.job;
    run.dataset = release.dataset;
    run.id = RunStore(store).start(run.job);
    PayloadRef payload;
    for (const auto& hash : RunStore(store).payloads(vintage.run)) {
        payload.hash = hash;
        RunStore(store).add_payload(run.id, payload);
    }
    payload.hash = vintage.made_from;
    IngestRules rules;
    rules.agreement.withdrawals = true; // whoever accepts has seen the difference
    const auto accepted =
        VintageStore(store).ingest(release, vintage.published, Origin::replay, payload, run.id, rules);
    if (accepted.vintage)
        replayed.new_vintage = accepted.vintage->id;
    run.outcome = accepted.vintage ? RunOutcome::new_vintage : RunOutcome::nothing_new;
    run.vintage = replayed.new_vintage.value_or(0);
    run.counts = accepted.counts;
    run.message = fmt::format("vintage {} decoded again: {} cells differ", vintage.id, replayed.differences.size());
    RunStore(store).finish(run);
}

Replayed replay_vintage(StoreSession& store, const ReadyJob& job, const std::vector<Vintage>& vintages,
                        const Vintage& vintage, bool accept_difference)
{
    Replayed replayed{job.job.id, vintage, {}, {}, {}};
    try {
        const auto release = decoded_again(
            job, stored_responses(store, vintage.run, vintage.observed_at, vintage.published.published_at));
        if (release.dataset != vintage.dataset)
            throw error("it is of dataset {} now, and was of {}", release.dataset, vintage.dataset);
        replayed.differences = difference(VintageStore(store).release(newest_like(vintages, vintage).id), release);
        if (accept_difference && !replayed.differences.empty())
            accept(store, replayed, release);
    } catch (const Error& failure) { // the others can be decoded all the same
        replayed.failure = full_message(failure);
    }
    return replayed;
}

} // namespace

std::vector<Replayed> replay(StoreSession& store, const ReadyJob& job, const ReplayOptions& options,
                             std::stop_token stop)
{
    const auto runs = runs_of(store, job.job.id);
    auto vintages = VintageStore(store).list("");
    std::set<std::int64_t> done;
    const auto is_next = [&](const Vintage& vintage) {
        return vintage.origin != Origin::replay && runs.count(vintage.run) > 0 && done.count(vintage.id) == 0;
    };
    std::vector<Replayed> all;
    for (;;) {
        const auto next = std::find_if(vintages.begin(), vintages.end(), is_next);
        if (next == vintages.end())
            return all;
        if (stop.stop_requested())
            throw error("stopped before vintage {}; those before it are done", next->id);
        if (options.progress)
            options.progress(fmt::format("{}: vintage {}", job.job.id, next->id));
        done.insert(next->id);
        all.push_back(replay_vintage(store, job, vintages, *next, options.accept));
        // What confirmed the old numbers has become a vintage of its own where the new ones are others.
        if (all.back().new_vintage)
            vintages = VintageStore(store).list("");
    }
}

} // namespace skurd
