#pragma once

#include "model/ended.hpp"
#include "model/quarantine.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// Payloads that were refused, until somebody answers.
class QuarantineStore {
public:
    explicit QuarantineStore(const StoreSession& session) : session_(session) {}

    /// Notes it, once for as long as it has not ended: of the same bytes of the same job, refused again, the last
    /// said time and claim hold. `state` is what the job's connector remembered when it was fetched.
    void add(const Quarantined& refused, const std::map<std::string, std::string>& state = {});
    std::vector<Quarantined> list(Ended ended = Ended::left_out) const; ///< newest first
    std::vector<Quarantined> of_job(const std::string& job) const;      ///< what of it has not ended; newest first
    std::optional<Quarantined> find(std::int64_t id) const;
    std::map<std::string, std::string> connector_state(std::int64_t id) const; ///< as add() was given it
    /// Throws Error (usage) for one that is not there, or has ended already.
    void end(std::int64_t id, QuarantineEnd how, const std::string& actor, const std::string& why);

private:
    std::vector<Quarantined> select(std::int64_t id, const std::string& job, Ended ended) const;

    const StoreSession& session_;
};

} // namespace skurd
