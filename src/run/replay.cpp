// Stored payloads decoded again: the engine of a run with another source of bytes.
//
// Each vintage of the job is decoded from the payloads of its run and compared with the newest vintage that states
// the same release, which is itself or what an earlier replay made of it. Where they differ, the release is held
// against the dataset schema as it was after the run of that newest vintage: what was accepted since is no drift of
// this one, and what was blocked then is not let in now by the back door. Series that a drift blocks are left out of
// the comparison and of what is ingested, and the failure names them.
#include "run/replay.hpp"

#include "base/error.hpp"
#include "run/ingest.hpp"
#include "run/run_record.hpp"
#include "run/stored_responses.hpp"
#include "store/dataset_schema_store.hpp"
#include "store/job_store.hpp"
#include "store/run_store.hpp"
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

/// The newest of the vintages that were decoded from the same payload as published at the same time.
const Vintage& newest_like(const std::vector<Vintage>& vintages, const Vintage& vintage)
{
    const auto* newest = &vintage;
    for (const auto& other : vintages)
        if (other.made_from == vintage.made_from && other.id > newest->id &&
            other.published.published_at == vintage.published.published_at)
            newest = &other;
    return *newest;
}

/// The replay of one vintage.
class VintageReplay {
public:
    VintageReplay(const ReadyJob& job, const RunTools& tools, const ReplayOptions& options,
                  const std::vector<Vintage>& vintages, const Vintage& vintage, const std::stop_token& stop)
        : job_(job), tools_(tools), options_(options), stop_(stop),
          newest_(newest_like(vintages, vintage)), replayed_{job.job.id, vintage, {}, {}, {}}
    {
    }

    Replayed run()
    {
        try {
            decode_and_compare();
        } catch (const Stopped&) {
            throw;
        } catch (const Error& failure) { // the others can be decoded all the same
            replayed_.failure = full_message(failure);
        }
        return std::move(replayed_);
    }

private:
    void decode_and_compare()
    {
        const auto& vintage = replayed_.vintage;
        const auto responses =
            stored_responses(tools_.store, vintage.run, vintage.observed_at, vintage.published.published_at);
        auto decoded = compute(tools_, [&] { return decode_release(job_, {}, responses, stop_); });
        auto& release = decoded.release;
        if (release.dataset != vintage.dataset)
            throw error("it is of dataset {} now, and was of {}", release.dataset, vintage.dataset);
        auto stored = VintageStore(tools_.store).release(newest_.id);
        replayed_.differences = difference(stored, release);
        if (replayed_.differences.empty())
            return;
        accepted_ = DatasetSchemaStore(tools_.store).accepted_after(release.dataset, newest_.run);
        SchemaCheck check(job_, tools_.catalogue, accepted_, decoded);
        if (!options_.agreement.drift)
            block(check, stored, release);
        if (options_.action == ReplayOptions::Action::accept && !replayed_.differences.empty())
            accept(check, release);
    }

    /// Takes what the drift blocks out of both, and out of their differences.
    void block(SchemaCheck& check, Release& stored, Release& release)
    {
        check.block(stored);
        check.block(release);
        if (check.blocked() == 0 && !check.blocks_all())
            return;
        replayed_.failure = fmt::format(
            "what the drift blocks is left out{}; if that is right, accept it with --accept-drift", check.text());
        replayed_.differences = check.blocks_all() ? std::vector<CellDifference>() : difference(stored, release);
    }

    void accept(const SchemaCheck& check, const Release& release)
    {
        const auto& vintage = replayed_.vintage;
        RunRecord record(tools_.store, tools_.clock, job_.job.id);
        record.open();
        try {
            auto payload = record.add_payloads_of(vintage.run);
            payload.hash = vintage.made_from;
            auto agreement = options_.agreement;
            agreement.withdrawals = true; // whoever accepts has seen which cells are gone
            const auto result =
                store_release(tools_, agreement, {release, vintage.published, payload, Origin::replay}, record.run());
            if (result.vintage)
                replayed_.new_vintage = result.vintage->id;
            if (result.vintage && !result.late)
                become_newest(check, agreement, record.run());
            record.run().message =
                fmt::format("vintage {} decoded again: {} cells differ", vintage.id, replayed_.differences.size());
        } catch (const Error& failure) {
            record.fail(full_message(failure));
            record.close();
            throw;
        }
        record.close();
    }

    /// The next run holds its release against this one's schema, and confirms this one when it finds nothing new.
    void become_newest(const SchemaCheck& check, const Agreement& agreement, const Run& run)
    {
        const auto latest = DatasetSchemaStore(tools_.store).accepted(run.dataset);
        if (!latest || (accepted_ && latest->seen_at == accepted_->seen_at)) // none was accepted since
            store_schema(tools_, job_.job.id, check, agreement, run);
        auto state = JobStore(tools_.store).state(job_.job.id);
        state.newest_vintage = run.vintage;
        state.input_hash.clear();
        JobStore(tools_.store).store_state(job_.job.id, state);
    }

    const ReadyJob& job_;
    const RunTools& tools_;
    const ReplayOptions& options_;
    const std::stop_token& stop_;
    const Vintage& newest_;
    std::optional<DatasetSchema> accepted_; ///< after the run of that one
    Replayed replayed_;
};

} // namespace

std::vector<Replayed> replay(const ReadyJob& job, const RunTools& tools, const ReplayOptions& options,
                             std::stop_token stop)
{
    const auto runs = runs_of(tools.store, job.job.id);
    auto vintages = VintageStore(tools.store).list();
    std::set<std::int64_t> done;
    const auto is_next = [&](const Vintage& vintage) {
        return vintage.origin != Origin::replay && runs.contains(vintage.run) && !done.contains(vintage.id);
    };
    std::vector<Replayed> all;
    for (;;) {
        const auto next = std::find_if(vintages.begin(), vintages.end(), is_next);
        if (next == vintages.end())
            return all;
        if (stop.stop_requested())
            throw error("stopped before vintage {}; those before it are done", next->id);
        if (tools.progress)
            tools.progress(fmt::format("{}: vintage {}", job.job.id, next->id));
        done.insert(next->id);
        all.push_back(VintageReplay(job, tools, options, vintages, *next, stop).run());
        // What confirmed the old numbers has become a vintage of its own where the new ones are others.
        if (all.back().new_vintage)
            vintages = VintageStore(tools.store).list();
    }
}

} // namespace skurd
