// One run of one job, as the pipeline goes: fetch -> (nothing new: confirm) -> ingest -> archive the file.
//
// What the source says beside its numbers decides how far a run goes. Nothing new, or the very bytes that this job
// and this program ingested before: the job's newest vintage is confirmed and nothing is decoded. Unreliable at this
// time of day: the run is deferred and knows nothing, so it confirms nothing either. Else the responses are ingested.
//
// What fails before the connector has all it wants is the source's doing or the network's: the run fails. What fails
// after that is the payload's doing: it goes into quarantine, with what the connector remembered then, so that a
// retry decodes it alike. What the store fails at is neither: nothing is refused, and a file stays in its drop
// folder.
#include "run/job_run.hpp"

#include "base/error.hpp"
#include "evaluate/source_flags.hpp"
#include "fetch/replay_fetcher.hpp"
#include "lib/openssl/sha256.hpp"
#include "model/quarantine.hpp"
#include "query/state_findings.hpp"
#include "run/fetch.hpp"
#include "run/ingest.hpp"
#include "run/run_record.hpp"
#include "store/clock_store.hpp"
#include "store/job_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/vintage_store.hpp"

namespace skurd {

namespace {

constexpr int cut_off_max = 2;          ///< runs that the program's end may cut off while they are at one payload
constexpr std::size_t files_max = 1000; ///< ingested by one call; the rest waits for the next

/// What of a connector's state a forced run keeps: else it would be pinned to another table without a word, and take
/// a code that is gone for one that never was.
bool is_pin(std::string_view key)
{
    return key == "table" || key == "indicator" || key == "title" || key == "selection";
}

QuarantineKind kind_of(const std::exception& failure)
{
    if (dynamic_cast<const AnomalousRelease*>(&failure))
        return QuarantineKind::suspect;
    return dynamic_cast<const SchemaDriftError*>(&failure) ? QuarantineKind::drift : QuarantineKind::refused;
}

/// The work of one run, step by step.
class JobRun {
public:
    JobRun(const ReadyJob& job, const RunTools& tools, const RunOptions& options)
        : job_(job), tools_(tools), options_(options), record_(tools.store, tools.clock, job.job.id, options.effect)
    {
    }

    Run execute(Fetcher& fetcher, std::stop_token stop);
    /// Whether the next file would meet the same trouble: this one could not be moved, none could be read, or the
    /// store could not be written.
    bool blocked() const
    {
        return blocked_ || (record_.run().outcome == RunOutcome::failed && fetched_.responses.empty());
    }

private:
    void work(Fetcher& fetcher, std::stop_token stop);
    void read_state();
    bool may_take_files();
    void end_without_release();
    void refuse_what_ends_the_program() const;
    void ingest(const std::stop_token& stop);
    void end_outdated();
    void refuse(const std::exception& failure);
    void archive_file();
    Time fetched_at() const;
    DueResult due_result(const std::stop_token& stop) const;

    bool stores() const { return options_.effect == Effect::store; }
    std::string input_hash() const;
    bool same_input() const;
    void remember(const std::optional<ConnectorState>& state);

    const ReadyJob& job_;
    const RunTools& tools_;
    const RunOptions& options_;
    JobState state_; ///< from before the run
    FetchResult fetched_;
    RunRecord record_;
    bool blocked_ = false;
};

Run JobRun::execute(Fetcher& fetcher, std::stop_token stop)
{
    fetcher.begin_run(job_.connector->guarantee().hosts);
    if (options_.fetch == FetchPolicy::always && options_.ordered_by == OrderedBy::person)
        fetcher.lift_holds();
    try {
        work(fetcher, stop);
    } catch (const Stopped& stopped) { // not the payload's doing either: it is owed still
        record_.fail(full_message(stopped));
        blocked_ = true;
    } catch (const StoreError& failure) { // the edge of a job run: not the payload's doing, so it is not refused
        record_.open();
        record_.fail(full_message(failure));
        blocked_ = true;
    } catch (const std::exception& failure) { // the same edge
        record_.open();
        if (fetched_.refused) // it may be spoiled: the next job of the source is to ask for itself
            fetcher.forget_answer(*fetched_.refused);
        refuse(failure);
    }
    if (record_.is_open() && !blocked_ && !options_.is_backfill())
        flag_quarantine(tools_.store, job_.job.id, tools_.clock.now());
    if (options_.is_backfill())
        record_.run().message = fmt::format("backfill of {}: {}", options_.backfill, record_.run().message);
    record_.run().due_result = due_result(stop);
    if (record_.run().due_result == DueResult::stopped)
        record_.run().outcome = RunOutcome::stopped;
    if (&fetcher == &tools_.drop && !fetched_.responses.empty() && stores() && !blocked_)
        archive_file();
    return record_.close();
}

void JobRun::work(Fetcher& fetcher, std::stop_token stop)
{
    read_state();
    if (!may_take_files())
        return end_without_release();
    fetch_responses(job_, tools_, state_.connector, fetcher, stop, record_, fetched_);
    if (fetched_.end == FetchResult::End::ready && same_input()) {
        fetched_.end = FetchResult::End::unchanged;
        fetched_.why = "the same bytes as the last time";
        remember(fetched_.state);
        fetched_.state.reset();
    } else if (stores() &&
               (fetched_.end == FetchResult::End::unchanged || fetched_.end == FetchResult::End::failed)) {
        remember(fetched_.state);
        if (!options_.is_backfill())
            flag_findings(tools_.store, job_.job.id, fetched_.findings, tools_.clock.now());
    }
    if (fetched_.end == FetchResult::End::ready)
        ingest(stop);
    else
        end_without_release();
}

/// Where a file was placed since the source was last asked, "unchanged" would leave the file's numbers current:
/// everything is fetched, and what the source says now is.
void JobRun::read_state()
{
    state_ = JobStore(tools_.store).state(job_.job.id);
    const auto newest = state_.newest_vintage;
    const bool overtaken = newest != 0 && VintageStore(tools_.store).file_came_since(newest);
    if (options_.fetch != FetchPolicy::always && !overtaken && !options_.is_backfill())
        return;
    std::erase_if(state_.connector, [](const auto& entry) { return !is_pin(entry.first); });
    if (options_.is_backfill())
        state_.connector.erase("selection"); // it is another
    state_ = {.connector = std::move(state_.connector)};
}

/// A file is placed by our clock, or seen by it. Where that is in doubt, it waits; a person who forces it says that
/// the clock is right, and one who says when it was published needs none.
bool JobRun::may_take_files()
{
    if (!takes_files(job_) || options_.published ||
        (options_.fetch == FetchPolicy::always && options_.ordered_by == OrderedBy::person))
        return true;
    const auto doubt = clock_finding(ClockStore(tools_.store).evidence(), tools_.clock.now());
    if (!doubt)
        return true;
    fetched_.end = FetchResult::End::deferred;
    fetched_.why = "deferred: " + doubt->sentence();
    return false;
}

/// Over what an ingest is made of and with: the responses, the job, and this program.
std::string JobRun::input_hash() const
{
    std::string input;
    for (const auto& payload : fetched_.payloads)
        input += " " + payload;
    return Sha256::of(input + " " + job_.hash + " " SKURD_VERSION);
}

/// Whether the source answered with the very bytes of the run before, which this program and this job file have
/// ingested already, and nothing else has come since: then nothing need be decoded.
bool JobRun::same_input() const
{
    return stores() && !options_.published && !options_.agreement.drift && state_.newest_vintage != 0 &&
           state_.input_hash == input_hash() && VintageStore(tools_.store).is_last_ingested(state_.newest_vintage);
}

/// What the connector found out without decoding anything.
void JobRun::remember(const std::optional<ConnectorState>& state)
{
    if (!state || !stores() || options_.is_backfill())
        return;
    auto stored = JobStore(tools_.store).state(job_.job.id);
    stored.connector = *state;
    JobStore(tools_.store).store_state(job_.job.id, stored);
}

void JobRun::end_without_release()
{
    auto& run = record_.run();
    switch (fetched_.end) {
    case FetchResult::End::no_file:
        run.outcome = RunOutcome::no_file;
        run.message = "no finished file waits";
        return;
    case FetchResult::End::unchanged:
        // Where a file came while the source was asked, the next run fetches all.
        if (state_.newest_vintage != 0 && stores() &&
            !VintageStore(tools_.store).file_came_since(state_.newest_vintage))
            VintageStore(tools_.store).confirm(state_.newest_vintage);
        break;
    case FetchResult::End::deferred:
        break;
    case FetchResult::End::failed:
    case FetchResult::End::interrupted:
    case FetchResult::End::ready:
        throw Error(fetched_.why);
    }
    run.outcome = RunOutcome::nothing_new;
    run.message = fetched_.why;
}

/// What ended the program twice would do so at every start. A person may try it again.
void JobRun::refuse_what_ends_the_program() const
{
    const auto times = RunStore(tools_.store).cut_off_in_row(job_.job.id, fetched_.payload.hash);
    if (options_.ordered_by == OrderedBy::schedule && times >= cut_off_max)
        throw error("the program ended {} times while it was at this: it is not begun again by itself; look at it "
                    "with `skurd decode`, and try it again by hand",
                    times);
}

void JobRun::ingest(const std::stop_token& stop)
{
    refuse_what_ends_the_program();
    const auto origin = fetched_.is_file ? Origin::drop : Origin::harvest;
    auto state =
        skurd::ingest({job_, tools_, options_, state_, fetched_.responses, fetched_.payload, origin, {}, stop},
                      record_.run())
            .state;
    if (!stores() || options_.is_backfill())
        return;
    state.input_hash = options_.published ? "" : input_hash();
    JobStore(tools_.store).store_state(job_.job.id, state);
    if (!fetched_.is_file)
        end_outdated();
}

/// Once a fetch is ingested, what was refused of the same job before says nothing any more; of files each stands for
/// itself.
void JobRun::end_outdated()
{
    for (const auto& held : QuarantineStore(tools_.store).of_job(job_.job.id))
        if (held.run != record_.run().id)
            QuarantineStore(tools_.store)
                .end(held.id, QuarantineEnd::outdated, "", fmt::format("run {} was ingested", record_.run().id));
}

void JobRun::refuse(const std::exception& failure)
{
    const auto reason = full_message(failure);
    const bool is_file = fetched_.is_file && !fetched_.responses.empty();
    record_.fail(is_file ? std::filesystem::path(fetched_.responses.back().url).filename().string() + ": " + reason
                         : reason);
    if (fetched_.end != FetchResult::End::ready || fetched_.payload.hash.empty() || options_.is_backfill())
        return; // what a person ordered, a person orders again
    QuarantineStore(tools_.store)
        .add({0, job_.job.id, fetched_.payload.hash, fetched_.responses.back().url, reason, fetched_at(),
              record_.run().id, kind_of(failure), fetched_.responses.back().file_time(), options_.published},
             state_.connector);
}

/// Once the source has answered, the run has run: what is wrong with the answer is in quarantine, for a person. What
/// the store could not take is owed still.
DueResult JobRun::due_result(const std::stop_token& stop) const
{
    if (stop.stop_requested() && (blocked_ || fetched_.end == FetchResult::End::interrupted))
        return DueResult::stopped;
    if (blocked_)
        return DueResult::failed;
    switch (fetched_.end) {
    case FetchResult::End::ready:
    case FetchResult::End::unchanged:
    case FetchResult::End::no_file:
        return DueResult::met;
    case FetchResult::End::deferred:
        return DueResult::deferred;
    case FetchResult::End::interrupted:
    case FetchResult::End::failed:
        break;
    }
    return DueResult::failed;
}

/// When the last response came.
Time JobRun::fetched_at() const
{
    const auto at = fetched_.responses.back().received_at;
    return at == Time() ? tools_.clock.now() : at;
}

/// Moves the file a run was about to where its outcome says. A file that cannot be moved must not be taken again and
/// again: `blocked_` ends the job's turn.
void JobRun::archive_file()
{
    const auto& file = fetched_.responses.back().url;
    auto& run = record_.run();
    try {
        if (run.outcome == RunOutcome::failed)
            run.message += fmt::format(" (moved to {})", tools_.folders.quarantine(file, run.message).string());
        else
            tools_.folders.archive(file, fetched_.payload.hash);
    } catch (const Error& failure) {
        record_.fail(run.message + fmt::format("; the file stays in the drop folder: {}", full_message(failure)));
        blocked_ = true;
    }
}

} // namespace

bool takes_files(const ReadyJob& job)
{
    const auto first = job.connector->next({}, {});
    const auto* request = std::get_if<Request>(&first);
    return request && request->kind == Request::Kind::file;
}

std::vector<Run> run_job(const ReadyJob& job, const RunTools& tools, const RunOptions& options, std::stop_token stop)
{
    if (!takes_files(job))
        return {JobRun(job, tools, options).execute(tools.sources, stop)};
    std::vector<Run> runs;
    for (bool more = true; more && runs.size() < files_max && !stop.stop_requested();) {
        JobRun run(job, tools, options);
        runs.push_back(run.execute(tools.drop, stop));
        more = runs.back().outcome != RunOutcome::no_file && runs.back().due_result == DueResult::met &&
               options.effect == Effect::store && !run.blocked();
    }
    if (runs.size() > 1 && runs.back().outcome == RunOutcome::no_file)
        runs.pop_back();
    return runs;
}

Run run_given_file(const ReadyJob& job, const RunTools& tools, Response file, const RunOptions& options,
                   std::stop_token stop)
{
    if (!takes_files(job))
        throw usage_error("job '{}' takes no files (connector '{}'); give a job with connector = \"drop\"",
                          job.job.id, job.job.connector);
    const auto doubt = clock_finding(ClockStore(tools.store).evidence(), tools.clock.now());
    if (doubt && !options.published)
        throw error("{}: not taken: {}; or say when it was published (--published)", file.url, doubt->sentence());
    ReplayFetcher given({std::move(file)});
    return JobRun(job, tools, options).execute(given, std::move(stop));
}

} // namespace skurd
