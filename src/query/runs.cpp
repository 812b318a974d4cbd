#include "query/runs.hpp"

#include "store/run_store.hpp"

namespace skurd {

std::vector<Run> newest_runs(const StoreSession& store, const std::string& job, std::size_t most,
                             std::optional<Time> at)
{
    auto runs = RunStore(store).list(job, most, at);
    for (auto& run : runs)
        if (at && run.finished_at && *run.finished_at > *at) {
            Run begun;
            begun.id = run.id;
            begun.job = run.job;
            begun.started_at = run.started_at;
            begun.outcome = RunOutcome::running;
            run = std::move(begun);
        }
    return runs;
}

} // namespace skurd
