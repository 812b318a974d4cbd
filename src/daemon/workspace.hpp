#pragma once

#include "base/turns.hpp"
#include "daemon/fleet_watch.hpp"
#include "daemon/in_force.hpp"
#include "daemon/lanes.hpp"
#include "daemon/run_counters.hpp"
#include "daemon/schedule.hpp"
#include "daemon/settings.hpp"
#include "evaluate/follow_up.hpp"
#include "fetch/curl_fetcher.hpp"
#include "fetch/program_fetcher.hpp"
#include "model/indicator.hpp"
#include "model/run.hpp"
#include "order/order_executor.hpp"
#include "run/job_run.hpp"
#include "run/stored_pace.hpp"
#include "store/store_session.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace skurd {

/// What is done where job files or the catalogue are wrong. A command is refused: a person is there to mend them. The
/// daemon leaves out what is wrong and goes on with the rest.
enum class WrongFiles { refused, left_out };

/// A job that nobody else is at, to the end of the object.
struct HeldJob {
    HeldJob(Turns& turns, const std::string& name, const std::stop_token& stop)
        : turn(turns, Turns::Asker::person, name, stop)
    {
    }

    Turn turn;
    std::optional<FleetWatch::JobLease> lease{};
};

/// What jobs run and orders are carried out with. Holds the state folder's lock as long as it lives. Whoever has the
/// turn may use it; what is said to be for any thread needs none.
struct Workspace {
    /// Reads jobs, catalogue and configuration, and brings the store up to date with them. Where wrong files
    /// are left out, a job file that is wrong is told of and its job does not run, and a catalogue that is wrong
    /// leaves the one that was in force last. Throws Error: busy when another process holds the store, usage for what
    /// is wrong with the files.
    Workspace(const Installation& at, Clock& its_clock, WrongFiles wrong = WrongFiles::refused);
    ~Workspace() = default;
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    /// Reads configuration, jobs and catalogue anew, all or nothing: the mistakes there are, and then what was in
    /// force stays so. Runs that go on end with what they began with. Where the state lies does not change.
    std::vector<std::string> reload();
    void bring_store_up_to_date(); ///< with jobs, catalogue and channels
    /// The hash of what it works by.
    std::string configuration() const;
    /// For a daemon: sees what other harvesters on the store do, and comes to agree with what all are to work by. To
    /// be called before it is asked what is due.
    void see_others();
    /// Of what nothing is wrong with.
    void take_over(Installation at, std::shared_ptr<const JobList> new_jobs, TcpAccess access);
    void tell_configuration(); ///< for `skurd status`, which holds it against what is on disk: the daemon is here

    /// For what has the turn. `sources` is what it fetches with, if it does.
    RunTools tools(Turn& turn, Fetcher& sources, const OrderProgress& progress);
    /// For a job's runs, one at a time, and what else must not come between two steps of one. `turn` is given back
    /// while that is waited for. Throws Stopped, and Error (busy) while another harvester is at the job.
    std::unique_ptr<HeldJob> hold(const ReadyJob& job, Turn& turn, const std::stop_token& stop);

    /// Runs one job as it is ordered, once it is its lane's turn, and follows its changes up. From any thread; the
    /// caller has no turn.
    std::vector<Run> run(const ReadyJob& job, const RunOptions& options, const OrderProgress& progress,
                         const std::stop_token& stop);
    /// The same for who has the lane's turn.
    std::vector<Run> run_in_lane(const ReadyJob& job, const RunOptions& options, const OrderProgress& progress,
                                 const std::stop_token& stop);
    /// A scheduled run ended in an exception: unless its due time was met all the same, that was a failed try.
    void not_run(const ReadyJob& job, Time began);
    std::vector<Run> after_backfill(std::vector<Run> runs, bool is_dry);
    bool has_failed_for_long(const ReadyJob& job) const;

    Turns turns;                                 ///< at what follows
    Lanes lanes;                                 ///< for any thread
    Processors processors;                       ///< for any thread
    std::atomic<bool> harvests_deferred = false; ///< those that are due; for any thread
    std::atomic<bool> files_deferred = false;    ///< those of drop folders: our clock is in doubt; for any thread
    /// For any thread. Shared with fetchers, of which those before a reload go on for a while.
    const std::shared_ptr<FetchCounters> fetched = std::make_shared<FetchCounters>();
    RunCounters runs_ended; ///< for any thread

    Installation installation;
    Clock& clock;                        ///< for any thread
    std::shared_ptr<const JobList> jobs; ///< whoever gives the turn back while it is at one has these too
    StoreSession store;
    Catalogue catalogue;
    Settings settings;
    FleetWatch fleet;        ///< those who write the store beside this one
    InForce in_force;        ///< for any thread
    CurlFetcher http;        ///< what runs have theirs beside
    ProgramFetcher programs; ///< what runs copy
    std::optional<StoredPace> pace;
    DropFolders folders;
    DropFetcher drop;
    Schedule schedule;
    FollowUp follow_up; ///< of every change to the store

private:
    void agree_with_files();

    bool is_store_up_to_date_ = false; ///< with jobs, catalogue and channels
    std::string told_of_;              ///< what is in force and was told of as another one
};

} // namespace skurd
