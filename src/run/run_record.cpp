#include "run/run_record.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/run_store.hpp"

#include <spdlog/spdlog.h>

namespace skurd {

namespace {

constexpr std::size_t message_size_max = 4096; ///< what a payload makes of a run's message is bounded

} // namespace

RunRecord::RunRecord(StoreSession& store, const Clock& clock, const std::string& job, Effect effect)
    : store_(store), clock_(clock), effect_(effect)
{
    run_.job = job;
    run_.started_at = clock.now();
}

RunRecord::~RunRecord()
{
    if (row_ != Row::open)
        return;
    try {
        fail(run_.message.empty() ? "stopped by an error: see the log" : run_.message);
        close();
    } catch (const std::exception& failure) { // the next run of the job closes the row: RunStore::close_unrecorded()
        spdlog::error("{}: the end of run {} could not be recorded: {}", run_.job, run_.id, full_message(failure));
    }
}

void RunRecord::open()
{
    if (row_ != Row::none || effect_ == Effect::dry_run)
        return;
    RunStore(store_).close_unrecorded(run_.job);
    run_.id = RunStore(store_).start(run_.job);
    row_ = Row::open;
}

void RunRecord::add_payload(const PayloadRef& payload)
{
    RunStore(store_).add_payload(run_.id, payload);
}

PayloadRef RunRecord::add_payloads_of(std::int64_t other_run)
{
    PayloadRef payload;
    for (const auto& hash : RunStore(store_).payloads(other_run)) {
        payload.hash = hash;
        add_payload(payload);
    }
    return payload;
}

void RunRecord::fail(const std::string& why)
{
    run_.outcome = RunOutcome::failed;
    run_.message = why;
}

const Run& RunRecord::close()
{
    run_.finished_at = clock_.now();
    run_.message = shortened(printable(run_.message), message_size_max); // it quotes what comes from outside
    if (row_ == Row::open)
        RunStore(store_).finish(run_);
    if (row_ == Row::open)
        row_ = Row::closed;
    return run_;
}

} // namespace skurd
