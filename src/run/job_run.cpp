#include "run/job_run.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "evaluate/publications.hpp"
#include "evaluate/source_flags.hpp"
#include "fetch/replay_fetcher.hpp"
#include "lib/openssl/sha256.hpp"
#include "model/ingest.hpp"
#include "model/payload.hpp"
#include "model/quarantine.hpp"
#include "model/run.hpp"
#include "model/vintage.hpp"
#include "run/ingest.hpp"
#include "store/job_store.hpp"
#include "store/payload_store.hpp"
#include "store/quarantine_store.hpp"
#include "store/run_store.hpp"
#include "store/vintage_store.hpp"

namespace skurd {

namespace {

// The host's own entries in a connector's state: what the job last stated, and from which bytes.
constexpr auto bytes_key = "@bytes";
constexpr std::size_t requests_max = 1000;
constexpr std::size_t files_max = 1000; ///< taken in by one call; the rest waits for the next

/// What of a connector's state a forced run keeps: else it would be pinned to another table without a word, and take
/// a code that is gone for one that never was.
bool is_pin(std::string_view key)
{
    return key == "table" || key == "indicator" || key == "title" || key == "selection";
}

/// What the exchange with a source came to.
struct FetchResult {
    std::vector<Response> responses;
    std::string unchanged;               ///< why there is nothing new, where that is so
    bool put_off = false;                ///< and nothing is known of it either
    std::optional<ConnectorState> state; ///< to keep where nothing is decoded
    bool no_file = false;
    bool is_file = false;
    std::optional<Request> answered; ///< the request whose answer the connector is looking at
    std::string bytes; ///< hashes of the responses; then, when all are there, what they and the job came to
};

QuarantineKind kind_of(const std::exception& failure)
{
    if (dynamic_cast<const AnomalousRelease*>(&failure))
        return QuarantineKind::suspect;
    return dynamic_cast<const SchemaDriftError*>(&failure) ? QuarantineKind::drift : QuarantineKind::refused;
}

/// The work of one run, step by step; `run` is its record in the making.
class JobRun {
public:
    JobRun(const ReadyJob& job, const RunTools& tools, const RunOptions& options)
        : job_(job), tools_(tools), options_(options)
    {
    }

    Run execute(Fetcher& fetcher, std::stop_token stop);
    /// Whether the next file would meet the same trouble: this one could not be moved, none could be read, or the
    /// store could not be written.
    bool blocked() const { return blocked_ || (run_.outcome == RunOutcome::failed && fetched_.responses.empty()); }

private:
    void begin();
    void keep_payload();
    void work(Fetcher& fetcher, std::stop_token stop);
    void gather(Fetcher& fetcher, std::stop_token stop);
    bool same_bytes();
    void put_off();
    bool is_untimely() const;
    void keep_state(const std::optional<ConnectorState>& state);
    void conclude(const std::optional<ConnectorState>& state, const std::vector<SourceFinding>& findings);
    void take_in();
    void end_outdated();
    void refuse(const std::string& reason, QuarantineKind kind);
    void archive_file();

    const ReadyJob& job_;
    const RunTools& tools_;
    const RunOptions& options_;
    ConnectorState state_;
    FetchResult fetched_;
    PayloadRef payload_;
    Run run_;
    bool ready_ = false; ///< the connector has all it wants: from here on, what fails is the payload's doing
    bool blocked_ = false;
};

/// Opens the run's record. A look at an empty drop folder never gets one: an idle daemon writes nothing.
void JobRun::begin()
{
    if (run_.id != 0 || options_.dry_run)
        return;
    RunStore(tools_.store).close_interrupted("its end could not be recorded");
    run_.id = RunStore(tools_.store).start(run_.job);
}

/// Before anything is made of it: what was fetched is never lost, and can be decoded again.
void JobRun::keep_payload()
{
    if (options_.dry_run)
        return;
    const auto& last = fetched_.responses.back();
    payload_ = PayloadStore(tools_.store).store(last.body, last.media_type, last.url);
    RunStore(tools_.store).add_payload(run_.id, payload_);
    fetched_.bytes += " " + payload_.hash;
}

/// Whether the source answered with the very bytes of the run before, which this program and this job file have
/// taken in already: then nothing need be decoded.
bool JobRun::same_bytes()
{
    fetched_.bytes = Sha256::of(fetched_.bytes + " " + job_.hash + " " SKURD_VERSION);
    return !options_.dry_run && !options_.published && !options_.agreement.drift && state_.count(bytes_key) > 0 &&
           state_[bytes_key] == fetched_.bytes && all_digits(state_[newest_vintage_key]);
}

/// What is fetched now would not be believed, so nothing is.
void JobRun::put_off()
{
    fetched_.put_off = true;
    fetched_.unchanged =
        fmt::format("put off: {} the source's figures are not to be believed; run the job after {}",
                    job_.blackout->text(), format_time(job_.blackout->earliest_run(tools_.clock.now())));
}

/// What the connector found out without decoding anything: what to remember, and what a person should know.
void JobRun::conclude(const std::optional<ConnectorState>& state, const std::vector<SourceFinding>& findings)
{
    if (options_.dry_run)
        return;
    keep_state(state);
    flag_findings(tools_.store, job_.job.id, findings, tools_.clock.now());
}

void JobRun::keep_state(const std::optional<ConnectorState>& state)
{
    if (!state || options_.dry_run)
        return;
    auto kept = *state;
    for (const auto& [key, value] : JobStore(tools_.store).connector_state(job_.job.id))
        if (key.starts_with('@'))
            kept[key] = value;
    JobStore(tools_.store).store_connector_state(job_.job.id, kept);
}

void JobRun::gather(Fetcher& fetcher, std::stop_token stop)
{
    for (std::size_t count = 0; count < requests_max; ++count) {
        auto step = job_.connector->next(state_, fetched_.responses);
        fetched_.answered.reset();
        if (const auto* ready = std::get_if<Ready>(&step)) {
            fetched_.state = ready->state;
            return;
        }
        if (const auto* unchanged = std::get_if<Unchanged>(&step)) {
            fetched_.unchanged = unchanged->why;
            conclude(unchanged->state, unchanged->findings);
            return;
        }
        if (const auto* failure = std::get_if<Failure>(&step)) {
            conclude(failure->state, failure->findings);
            throw Error(failure->why);
        }
        auto& request = std::get<Request>(step);
        if (tools_.progress)
            tools_.progress(
                fmt::format("{}: {}", job_.job.id, request.purpose.empty() ? request.url : request.purpose));
        if (request.kind != Request::Kind::file)
            begin();
        if (job_.blackout && job_.blackout->contains(tools_.clock.now())) {
            put_off();
            return;
        }
        auto response = fetcher.fetch(request, stop);
        fetched_.no_file = !response;
        if (!response)
            return;
        begin();
        ++run_.requests;
        run_.bytes += static_cast<std::int64_t>(response->body.size());
        fetched_.responses.push_back(std::move(*response));
        fetched_.is_file = request.kind == Request::Kind::file;
        keep_payload();
        fetched_.answered = std::move(request);
    }
    throw error("the source wanted more than {} requests", requests_max);
}

/// The right half of the flow, with all that is needed at hand.
void JobRun::take_in()
{
    ready_ = true;
    const auto origin = fetched_.is_file ? Origin::drop : Origin::harvest;
    auto taken = skurd::take_in({job_, tools_, options_, payload_, origin}, state_, fetched_.responses, run_);
    if (options_.dry_run)
        return;
    taken.state[bytes_key] = options_.published ? "" : fetched_.bytes;
    taken.state[newest_vintage_key] = taken.vintage ? std::to_string(run_.vintage) : state_[newest_vintage_key];
    JobStore(tools_.store).store_connector_state(job_.job.id, taken.state);
    if (!fetched_.is_file)
        end_outdated();
}

/// Once a fetch is taken in, what was refused of the same job before says nothing any more; of files each stands for
/// itself.
void JobRun::end_outdated()
{
    for (const auto& held : QuarantineStore(tools_.store).list())
        if (held.job == job_.job.id && held.run != run_.id)
            QuarantineStore(tools_.store)
                .end(held.id, QuarantineEnd::outdated, "", fmt::format("run {} was taken in", run_.id));
}

/// Whether an answer came in hours in which the source is not to be believed.
bool JobRun::is_untimely() const
{
    return job_.blackout && std::any_of(fetched_.responses.begin(), fetched_.responses.end(),
                                        [&](const auto& one) { return job_.blackout->contains(one.received_at); });
}

void JobRun::work(Fetcher& fetcher, std::stop_token stop)
{
    state_ = JobStore(tools_.store).connector_state(job_.job.id);
    if (options_.force)
        std::erase_if(state_, [](const auto& entry) { return !is_pin(entry.first); });
    gather(fetcher, stop);
    if (fetched_.no_file) {
        run_.outcome = RunOutcome::no_file;
        run_.message = "no finished file waits";
        return;
    }
    if (fetched_.unchanged.empty() && is_untimely())
        put_off();
    if (fetched_.unchanged.empty() && same_bytes()) {
        fetched_.unchanged = "the same bytes as the last time";
        keep_state(fetched_.state);
    }
    if (!fetched_.unchanged.empty()) {
        run_.outcome = RunOutcome::nothing_new;
        run_.message = fetched_.unchanged;
        if (const auto& vintage = state_[newest_vintage_key];
            all_digits(vintage) && !options_.dry_run && !fetched_.put_off)
            VintageStore(tools_.store).confirm(std::stoll(vintage));
    } else {
        take_in();
    }
}

void JobRun::refuse(const std::string& reason, QuarantineKind kind)
{
    run_.outcome = RunOutcome::failed;
    run_.message = reason;
    if (fetched_.is_file)
        run_.message = std::filesystem::path(fetched_.responses.back().url).filename().string() + ": " + reason;
    if (!ready_ || payload_.hash.empty())
        return;
    const auto& last = fetched_.responses.back();
    QuarantineStore(tools_.store)
        .add({0, job_.job.id, payload_.hash, last.url, reason, tools_.clock.now(), run_.id, kind});
}

/// Moves the file a run was about to where its outcome says. A file that cannot be moved must not be taken again and
/// again: `blocked_` ends the job's turn.
void JobRun::archive_file()
{
    const auto& file = fetched_.responses.back().url;
    try {
        if (run_.outcome == RunOutcome::failed)
            run_.message += fmt::format(" (moved to {})", tools_.folders.quarantine(file, run_.message).string());
        else
            tools_.folders.archive(file, payload_.hash);
    } catch (const Error& failure) {
        run_.outcome = RunOutcome::failed;
        run_.message += fmt::format("; the file stays in the drop folder: {}", full_message(failure));
        blocked_ = true;
    }
}

Run JobRun::execute(Fetcher& fetcher, std::stop_token stop)
{
    run_.job = job_.job.id;
    run_.started_at = tools_.clock.now();
    fetcher.begin_run(job_.connector->guarantee().hosts);
    try {
        work(fetcher, stop);
    } catch (const StoreError& failure) { // the edge of a job run: not the payload's doing, so it is not refused
        begin();
        run_.outcome = RunOutcome::failed;
        run_.message = full_message(failure);
        blocked_ = true;
    } catch (const std::exception& failure) { // the same edge
        begin();
        if (fetched_.answered) // it may be spoiled: the next job of the source is to ask for itself
            fetcher.forget_answer(*fetched_.answered);
        refuse(full_message(failure), kind_of(failure));
    }
    if (run_.id != 0 && !blocked_)
        flag_quarantine(tools_.store, job_.job.id, tools_.clock.now());
    if (&fetcher == &tools_.drop && !fetched_.responses.empty() && !options_.dry_run && !blocked_)
        archive_file();
    run_.finished_at = tools_.clock.now();
    if (run_.id != 0)
        RunStore(tools_.store).finish(run_);
    return run_;
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
        more = runs.back().outcome != RunOutcome::no_file && !options.dry_run && !run.blocked();
    }
    if (runs.size() > 1 && runs.back().outcome == RunOutcome::no_file)
        runs.pop_back();
    return runs;
}

Run run_given_file(const ReadyJob& job, const RunTools& tools, Response file, const RunOptions& options)
{
    if (!takes_files(job))
        throw usage_error("job '{}' takes no files (connector '{}'); give a job with connector = \"drop\"",
                          job.job.id, job.job.connector);
    ReplayFetcher given({std::move(file)});
    return JobRun(job, tools, options).execute(given, {});
}

} // namespace skurd
