#include "run/kept_pace.hpp"

namespace skurd {

namespace {

constexpr auto pace_key = "@pace"; ///< no job's id: those have no '@'

} // namespace

KeptPace::KeptPace(Store& store, Pace& pace, const Clock& clock) : store_(store), pace_(pace), clock_(clock)
{
    if (const auto kept = store_.connector_state(pace_key); kept.contains("calls"))
        pace_.restore(kept.at("calls"), clock_.now());
    kept_ = pace_.text(clock_.now());
}

void KeptPace::keep()
{
    const auto text = pace_.text(clock_.now());
    if (text == kept_)
        return;
    store_.keep_connector_state(pace_key, {{"calls", text}});
    kept_ = text;
}

} // namespace skurd
