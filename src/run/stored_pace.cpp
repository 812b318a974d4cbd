#include "run/stored_pace.hpp"
#include "store/job_store.hpp"
#include "store/store_session.hpp"

namespace skurd {

namespace {

constexpr auto pace_key = "@pace"; ///< no job's id: those have no '@'

} // namespace

StoredPace::StoredPace(StoreSession& store, Pace& pace, const Clock& clock)
    : store_(store), pace_(pace), clock_(clock)
{
    if (const auto kept = JobStore(store_).connector_state(pace_key); kept.contains("calls"))
        pace_.restore(kept.at("calls"), clock_.now());
    kept_ = pace_.text(clock_.now());
}

void StoredPace::keep()
{
    const auto text = pace_.text(clock_.now());
    if (text == kept_)
        return;
    JobStore(store_).store_connector_state(pace_key, {{"calls", text}});
    kept_ = text;
}

} // namespace skurd
