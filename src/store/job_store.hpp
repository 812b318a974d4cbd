#pragma once

#include "model/job_state.hpp"

#include <string>

#include "store/store_session.hpp"

namespace skurd {

/// What jobs remember from run to run.
class JobStore {
public:
    explicit JobStore(const StoreSession& session) : session_(session) {}

    JobState state(const std::string& job) const; ///< an empty one for a job that never ran
    void store_state(const std::string& job, const JobState& state);

private:
    const StoreSession& session_;
};

} // namespace skurd
