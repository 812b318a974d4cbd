#pragma once

#include "daemon/due_plan.hpp"
#include "model/run.hpp"
#include "run/jobs.hpp"
#include "store/store_session.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace skurd {

/// When the jobs of an installation run: due_plan.hpp over job files and store. Disabled jobs and jobs without a
/// schedule owe nothing.
class Schedule {
public:
    /// Reads from the store what is owed. The due times of a job that is new there begin now, or with its last run.
    /// Jobs and store must outlive the object; without a store all jobs are new.
    Schedule(const std::vector<ReadyJob>& jobs, const StoreSession* store, const DueSettings& settings, Time now);

    /// What will be done with the job; nothing where it is never due.
    std::optional<DuePlan> plan(const ReadyJob& job, Time now) const;
    /// The release that shapes its due times.
    std::optional<ExpectedRelease> expected(const ReadyJob& job) const;
    int tries(const ReadyJob& job) const; ///< for what is owed, without success

    std::vector<const ReadyJob*> due(Time now) const; ///< that run now: by when they should have, then by id
    /// What is due whatever the job's place in the spread, and the jobs with a schedule that never ran: what `harvest
    /// --due` means without a daemon to wait. A failed try is not repeated sooner than by the daemon.
    std::vector<const ReadyJob*> due_or_new(Time now) const;
    std::optional<Time> next(Time now) const; ///< when the next run of all is made

    /// Sees how late it is: where the clock was set back, what is settled beyond it is settled no more.
    void see_clock(Time now);
    /// Reads what other harvesters have settled since, where there may be others.
    void see_store();
    /// The same; whether another has settled something of this job, or tried it.
    bool see_store(const ReadyJob& job);
    /// A run of the job began then and has ended now.
    void ran(const ReadyJob& job, DueResult result, Time began, Time now);
    /// The job's drop folder was looked at then, and no file was there. That settles what is due, but is not worth
    /// writing: at a start the folder is looked at again.
    void looked(const ReadyJob& job, Time at);
    /// Writes what has changed since, where there is a store. Throws Error; until it is written another time, what is
    /// owed is known to this object alone.
    void store();

private:
    struct Entry {
        DueRules rules;
        DueState state;
        std::optional<DueState> stored{};   ///< or not worth storing
        std::optional<DueState> in_store{}; ///< as it was read or written last
        bool never_ran = false;
    };

    void expect_releases();
    const Entry* entry(const ReadyJob& job) const;

    const std::vector<ReadyJob>* jobs_;
    const StoreSession* store_;
    std::map<std::string, Entry> entries_; ///< of the jobs that can be due
};

} // namespace skurd
