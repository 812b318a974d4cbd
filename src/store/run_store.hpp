#pragma once

#include "model/payload.hpp"
#include "model/run.hpp"

#include <vector>

#include "store/store_session.hpp"

namespace skurd {

/// The record of every run, and which payloads it was given.
class RunStore {
public:
    explicit RunStore(const StoreSession& session) : session_(session) {}

    std::int64_t start(const std::string& job);
    /// Runs that the program's end cut off become stopped: when no run is at work.
    void close_interrupted();
    /// Runs of the job whose end could not be recorded (the disk was full) become failed: when none of it is at work.
    void close_unrecorded(const std::string& job);
    /// How many of the job's newest runs in a row the program's end cut off, before they could tell how they ended:
    /// of those that were given this payload; of all for "".
    int cut_off_in_row(const std::string& job, const std::string& payload = {}) const;
    void finish(const Run& run);
    /// Notes that the run was given this payload, after those noted before. Throws Error for an unknown run or
    /// payload.
    void add_payload(std::int64_t run, const PayloadRef& payload);
    std::vector<std::string> payloads(std::int64_t run) const; ///< hashes of all a run was given, in order
    /// Newest first; "" = all jobs. Of those alone that had begun by then; nothing = by now.
    std::vector<Run> list(const std::string& job, std::size_t most, std::optional<Time> begun_by = {}) const;
    std::vector<SourceHealth> health() const; ///< by job

private:
    const StoreSession& session_;
};

} // namespace skurd
