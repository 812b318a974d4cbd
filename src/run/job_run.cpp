#include "run/job_run.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fetch/replay_fetcher.hpp"
#include "lib/openssl/sha256.hpp"
#include "run/intake.hpp"
#include "run/source_flags.hpp"

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
struct Gathered {
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
    if (dynamic_cast<const SuspectRelease*>(&failure))
        return QuarantineKind::suspect;
    return dynamic_cast<const DriftStop*>(&failure) ? QuarantineKind::drift : QuarantineKind::refused;
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
    bool stuck() const { return stuck_ || (run_.outcome == RunOutcome::failed && gathered_.responses.empty()); }

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
    void put_away();

    const ReadyJob& job_;
    const RunTools& tools_;
    const RunOptions& options_;
    ConnectorState state_;
    Gathered gathered_;
    PayloadRef payload_;
    Run run_;
    bool ready_ = false; ///< the connector has all it wants: from here on, what fails is the payload's doing
    bool stuck_ = false;
};

/// Opens the run's record. A look at an empty drop folder never gets one: an idle daemon writes nothing.
void JobRun::begin()
{
    if (run_.id != 0 || options_.dry_run)
        return;
    tools_.store.close_interrupted_runs("its end could not be recorded");
    run_.id = tools_.store.start_run(run_.job);
}

/// Before anything is made of it: what was fetched is never lost, and can be decoded again.
void JobRun::keep_payload()
{
    if (options_.dry_run)
        return;
    const auto& last = gathered_.responses.back();
    payload_ = tools_.store.keep_payload(last.body, last.media_type, last.url);
    tools_.store.keep_run_payload(run_.id, payload_);
    gathered_.bytes += " " + payload_.hash;
}

/// Whether the source answered with the very bytes of the run before, which this program and this job file have
/// taken in already: then nothing need be decoded.
bool JobRun::same_bytes()
{
    gathered_.bytes = Sha256::of(gathered_.bytes + " " + job_.hash + " " SKURD_VERSION);
    return !options_.dry_run && !options_.published && !options_.accept_drift && state_.count(bytes_key) > 0 &&
           state_[bytes_key] == gathered_.bytes && all_digits(state_[newest_vintage_key]);
}

/// What is fetched now would not be believed, so nothing is.
void JobRun::put_off()
{
    gathered_.put_off = true;
    gathered_.unchanged = fmt::format("put off: {} the source's figures are not to be believed; run the job after {}",
                                      job_.quiet->text(), format_time(job_.quiet->earliest_run(tools_.clock.now())));
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
    for (const auto& [key, value] : tools_.store.connector_state(job_.job.id))
        if (key.starts_with('@'))
            kept[key] = value;
    tools_.store.keep_connector_state(job_.job.id, kept);
}

void JobRun::gather(Fetcher& fetcher, std::stop_token stop)
{
    for (std::size_t count = 0; count < requests_max; ++count) {
        auto step = job_.connector->next(state_, gathered_.responses);
        gathered_.answered.reset();
        if (const auto* ready = std::get_if<Ready>(&step)) {
            gathered_.state = ready->state;
            return;
        }
        if (const auto* unchanged = std::get_if<Unchanged>(&step)) {
            gathered_.unchanged = unchanged->why;
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
        if (job_.quiet && job_.quiet->contains(tools_.clock.now())) {
            put_off();
            return;
        }
        auto response = fetcher.fetch(request, stop);
        gathered_.no_file = !response;
        if (!response)
            return;
        begin();
        ++run_.requests;
        run_.bytes += static_cast<std::int64_t>(response->body.size());
        gathered_.responses.push_back(std::move(*response));
        gathered_.is_file = request.kind == Request::Kind::file;
        keep_payload();
        gathered_.answered = std::move(request);
    }
    throw error("the source wanted more than {} requests", requests_max);
}

/// The right half of the flow, with all that is needed at hand.
void JobRun::take_in()
{
    ready_ = true;
    const auto origin = gathered_.is_file ? Origin::drop : Origin::harvest;
    auto taken = skurd::take_in({job_, tools_, options_, payload_, origin}, state_, gathered_.responses, run_);
    if (options_.dry_run)
        return;
    taken.state[bytes_key] = options_.published ? "" : gathered_.bytes;
    taken.state[newest_vintage_key] = taken.vintage ? std::to_string(run_.vintage) : state_[newest_vintage_key];
    tools_.store.keep_connector_state(job_.job.id, taken.state);
    if (!gathered_.is_file)
        end_outdated();
}

/// Once a fetch is taken in, what was refused of the same job before says nothing any more; of files each stands for
/// itself.
void JobRun::end_outdated()
{
    for (const auto& held : tools_.store.quarantined())
        if (held.job == job_.job.id && held.run != run_.id)
            tools_.store.end_quarantine(held.id, QuarantineEnd::outdated, "",
                                        fmt::format("run {} was taken in", run_.id));
}

/// Whether an answer came in hours in which the source is not to be believed.
bool JobRun::is_untimely() const
{
    return job_.quiet && std::any_of(gathered_.responses.begin(), gathered_.responses.end(),
                                     [&](const auto& one) { return job_.quiet->contains(one.received_at); });
}

void JobRun::work(Fetcher& fetcher, std::stop_token stop)
{
    state_ = tools_.store.connector_state(job_.job.id);
    if (options_.force)
        std::erase_if(state_, [](const auto& entry) { return !is_pin(entry.first); });
    gather(fetcher, stop);
    if (gathered_.no_file) {
        run_.outcome = RunOutcome::no_file;
        run_.message = "no finished file waits";
        return;
    }
    if (gathered_.unchanged.empty() && is_untimely())
        put_off();
    if (gathered_.unchanged.empty() && same_bytes()) {
        gathered_.unchanged = "the same bytes as the last time";
        keep_state(gathered_.state);
    }
    if (!gathered_.unchanged.empty()) {
        run_.outcome = RunOutcome::nothing_new;
        run_.message = gathered_.unchanged;
        if (const auto& vintage = state_[newest_vintage_key];
            all_digits(vintage) && !options_.dry_run && !gathered_.put_off)
            tools_.store.confirm_vintage(std::stoll(vintage));
    } else {
        take_in();
    }
}

void JobRun::refuse(const std::string& reason, QuarantineKind kind)
{
    run_.outcome = RunOutcome::failed;
    run_.message = reason;
    if (gathered_.is_file)
        run_.message = std::filesystem::path(gathered_.responses.back().url).filename().string() + ": " + reason;
    if (!ready_ || payload_.hash.empty())
        return;
    const auto& last = gathered_.responses.back();
    tools_.store.quarantine({0, job_.job.id, payload_.hash, last.url, reason, tools_.clock.now(), run_.id, kind});
}

/// Moves the file a run was about to where its outcome says. A file that cannot be moved must not be taken again and
/// again: `stuck_` ends the job's turn.
void JobRun::put_away()
{
    const auto& file = gathered_.responses.back().url;
    try {
        if (run_.outcome == RunOutcome::failed)
            run_.message += fmt::format(" (moved to {})", tools_.folders.quarantine(file, run_.message).string());
        else
            tools_.folders.archive(file, payload_.hash);
    } catch (const Error& failure) {
        run_.outcome = RunOutcome::failed;
        run_.message += fmt::format("; the file stays in the drop folder: {}", full_message(failure));
        stuck_ = true;
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
        stuck_ = true;
    } catch (const std::exception& failure) { // the same edge
        begin();
        if (gathered_.answered) // it may be spoiled: the next job of the source is to ask for itself
            fetcher.forget_answer(*gathered_.answered);
        refuse(full_message(failure), kind_of(failure));
    }
    if (run_.id != 0 && !stuck_)
        flag_quarantine(tools_.store, job_.job.id, tools_.clock.now());
    if (&fetcher == &tools_.drop && !gathered_.responses.empty() && !options_.dry_run && !stuck_)
        put_away();
    run_.finished_at = tools_.clock.now();
    if (run_.id != 0)
        tools_.store.finish_run(run_);
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
        more = runs.back().outcome != RunOutcome::no_file && !options.dry_run && !run.stuck();
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
