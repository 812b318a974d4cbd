#pragma once

#include "base/clock.hpp"
#include "model/payload.hpp"
#include "model/run.hpp"
#include "run/run_options.hpp"
#include "store/store_session.hpp"

#include <string>
#include <vector>

namespace skurd {

/// The record of one run in the making. It gets its row in the store when there is something to record, so that an
/// empty drop folder leaves none, and that row is always closed: by close(), or by the destructor, as failed, where
/// an exception ends the run. In a dry run there is no row.
class RunRecord {
public:
    RunRecord(StoreSession& store, const Clock& clock, const std::string& job, Effect effect = Effect::store);
    ~RunRecord();
    RunRecord(const RunRecord&) = delete;
    RunRecord& operator=(const RunRecord&) = delete;

    Run& run() { return run_; } ///< to be filled; the id, and the times, are the record's own
    const Run& run() const { return run_; }

    void open(); ///< makes the row, where there is none yet
    bool is_open() const { return run_.id != 0; }
    void add_payload(const PayloadRef& payload); ///< of a record that is open
    /// Adds the payloads that another run was given, and gives the last.
    PayloadRef add_payloads_of(std::int64_t other_run);
    void fail(const std::string& why);
    const Run& close(); ///< once, with the outcome that is there

private:
    enum class Row { none, open, closed };

    StoreSession& store_;
    const Clock& clock_;
    Effect effect_;
    Row row_ = Row::none;
    Run run_;
};

} // namespace skurd
