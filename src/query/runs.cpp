#include "query/runs.hpp"

#include "store/run_store.hpp"

namespace skurd {

std::vector<Run> newest_runs(const StoreSession& store, const std::string& job, std::size_t most)
{
    return RunStore(store).list(job, most);
}

} // namespace skurd
