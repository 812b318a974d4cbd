#include "query/commits.hpp"

#include "store/commit_store.hpp"

namespace skurd {

std::int64_t newest_commit(const StoreSession& store)
{
    return CommitStore(store).newest();
}

std::vector<Commit> commits_since(const StoreSession& store, std::int64_t seq)
{
    return CommitStore(store).since(seq);
}

} // namespace skurd
