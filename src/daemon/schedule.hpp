#pragma once

#include "run/jobs.hpp"
#include "store/store_session.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace skurd {

/// Which jobs are due when. A job that was missed while no daemon ran is due once, at once; a job that never ran
/// waits for its schedule. Disabled jobs and jobs without a schedule are never due.
class Schedule {
public:
    /// Reads each job's last run from the store. The jobs must outlive the object.
    Schedule(const std::vector<ReadyJob>& jobs, const StoreSession& store, Time now);

    std::vector<const ReadyJob*> due(Time now) const; ///< by due time, then id
    /// The same and the jobs with a schedule that never ran: what `harvest --due` means without a daemon to wait.
    std::vector<const ReadyJob*> due_or_new(Time now) const;
    std::optional<Time> next() const;        ///< the earliest due time of all
    void ran(const ReadyJob& job, Time now); ///< the job's next time is the first after now

private:
    const std::vector<ReadyJob>& jobs_;
    std::map<std::string, Time> due_;
    std::set<std::string> new_; ///< never ran
};

} // namespace skurd
