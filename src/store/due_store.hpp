#pragma once

#include "model/due_state.hpp"
#include "store/store_session.hpp"

#include <map>
#include <string>

namespace skurd {

/// How far the schedule of each job has been followed, and what it owes.
class DueStore {
public:
    explicit DueStore(const StoreSession& session) : session_(session) {}

    std::map<std::string, DueState> all() const; ///< by job
    void store(const std::string& job, const DueState& state);

private:
    const StoreSession& session_;
};

} // namespace skurd
