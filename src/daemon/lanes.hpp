#pragma once

#include "base/turns.hpp"
#include "run/jobs.hpp"

#include <map>
#include <mutex>
#include <string>

namespace skurd {

/// What a job's runs take turns at with those of others: the server that it asks first ("data.ssb.no"), the drop
/// folders, or, for a job that runs a program, itself.
std::string lane_of(const ReadyJob& job);

/// Turns by lane, and by job: one run at a time. Who takes both takes the lane first, and neither while it has the
/// turn at the store. From any thread.
class Lanes {
public:
    Turns& lane(const std::string& name);
    Turns& job(const std::string& id);

private:
    std::mutex mutex_;
    std::map<std::string, Turns> lanes_; ///< none goes
    std::map<std::string, Turns> jobs_;
};

} // namespace skurd
