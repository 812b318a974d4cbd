#pragma once

#include "base/clock.hpp"
#include "store/store_session.hpp"

#include <optional>
#include <set>
#include <string>

namespace skurd {

/// What one process is enough for, of all that write a store.
enum class Duty {
    messages,    ///< outages are recorded, messages written and sent
    publication, ///< of what changed
    upkeep,      ///< bounds, and flags that come with time
};

/// The other harvesters on the store, as they were at the last look. Where no others can be, this one does all. For
/// who has the turn.
class FleetWatch {
public:
    /// `configuration`: what this process works by.
    FleetWatch(StoreSession& store, const WorkedBy& configuration);

    /// Looks. True = one whose time had run out was taken out: what it was at is cut off.
    bool look();

    /// What this process works by is another one from now on, because a person said so: all are to.
    void put_in_force(const WorkedBy& configuration);
    /// The same, to come to agree with what is in force.
    void agree(const std::string& configuration);
    /// Whether it works by what is in force. While it does not, it runs no job and has no duty.
    bool agrees() const { return in_force_.empty() || in_force_ == configuration_; }
    const std::string& in_force() const { return in_force_; } ///< what all are to work by; "" = nothing is
    /// A newer program that waits for this process to end: it takes up no job and no duty.
    const std::optional<WantedUpgrade>& upgrade() const { return upgrade_; }
    bool may_begin() const { return agrees() && !upgrade_; } ///< a job, or a duty

    bool is_at(const std::string& job) const { return jobs_.contains(job); } ///< whether another is
    bool has(Duty duty); ///< whether it is this process's, which takes it where no other has it

    class JobLease;

private:
    StoreSession& store_;
    std::string configuration_;
    std::string in_force_;
    std::optional<WantedUpgrade> upgrade_;
    std::set<std::string> jobs_; ///< that others have leased
};

/// The right to run a job, to the end of the object. There are no two of a job in one process: who makes one has the
/// job's turn.
class FleetWatch::JobLease {
public:
    JobLease(const FleetWatch& watch, const std::string& job);
    ~JobLease();
    JobLease(const JobLease&) = delete;
    JobLease& operator=(const JobLease&) = delete;

    bool is_held() const { return is_held_; }
    void require() const; ///< throws Error (busy) that says who has it, where it is not held

private:
    const FleetWatch& watch_;
    std::string job_;
    bool is_held_ = true;
};

} // namespace skurd
