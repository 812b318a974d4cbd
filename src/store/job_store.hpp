#pragma once

#include <map>
#include <string>

#include "store/store_session.hpp"

namespace skurd {

/// What jobs remember from run to run.
class JobStore {
public:
    explicit JobStore(const StoreSession& session) : session_(session) {}

    std::map<std::string, std::string> connector_state(const std::string& job) const;
    void store_connector_state(const std::string& job, const std::map<std::string, std::string>& state);

private:
    const StoreSession& session_;
};

} // namespace skurd
