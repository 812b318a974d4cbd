#include "query/commits.hpp"

#include "store/commit_store.hpp"

namespace skurd {

std::int64_t newest_commit(const StoreSession& store)
{
    return CommitStore(store).newest();
}

} // namespace skurd
