#include "run/stored_pace.hpp"

#include "store/pace_store.hpp"

namespace skurd {

StoredPace::StoredPace(StoreSession& store, Pace& pace, const Clock& clock)
    : store_(store), pace_(pace), clock_(clock)
{
    if (store_.fleet()) // all count together: fleet_pace.hpp
        return;
    pace_.restore(PaceStore(store_).hosts(), clock_.now());
    stored_ = pace_.state(clock_.now());
}

void StoredPace::store()
{
    if (store_.fleet())
        return;
    auto state = pace_.state(clock_.now());
    if (state == stored_)
        return;
    PaceStore(store_).store(state);
    stored_ = std::move(state);
}

} // namespace skurd
