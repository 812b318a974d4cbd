#include "flag/flag_reconciler.hpp"

#include "base/text.hpp"

#include <set>

namespace skurd {

namespace {

constexpr std::size_t text_size_max = 4096; ///< of a flag: a cause may name thousands of series

/// What a cause that is there means for a flag that is known, of whatever state.
Finding finding_of(const Flag& flag, const FlagCause& cause, const FlagOrigin& origin)
{
    if (flag.inputs != cause.inputs)
        return !origin.rule.empty() && origin.numbers == FlagOrigin::Numbers::same ? Finding::rejudged
                                                                                   : Finding::other;
    const bool was_acknowledged = flag.state == FlagState::closed && !flag.actor.empty();
    return was_acknowledged && !origin.rule.empty() ? Finding::restored : Finding::same;
}

} // namespace

FlagReconciler::FlagReconciler(const std::vector<Flag>& existing, Time now) : now_(now)
{
    for (const auto& flag : existing)
        flags_.emplace(flag.key, flag);
    for (const auto& [key, flag] : flags_)
        by_indicator_[flag.indicator].push_back(&flag);
}

std::vector<const Flag*> FlagReconciler::of(int indicator) const
{
    const auto found = by_indicator_.find(indicator);
    return found == by_indicator_.end() ? std::vector<const Flag*>() : found->second;
}

void FlagReconciler::find(const FlagCause& cause, const FlagOrigin& origin)
{
    const auto known = flags_.find(cause.key);
    Flag flag = known == flags_.end() ? Flag{} : known->second;
    const auto finding = finding_of(flag, cause, origin);
    const auto state = known == flags_.end() ? std::nullopt : std::optional(flag.state);
    flag.key = cause.key;
    flag.kind = cause.kind;
    flag.indicator = cause.indicator;
    flag.period = cause.period;
    flag.inputs = cause.inputs;
    flag.text_nb = shortened(cause.text_nb, text_size_max);
    flag.text_en = shortened(cause.text_en, text_size_max);
    flag.job = cause.job;
    // What is open since numbers brought it stays their news.
    if (!(state == FlagState::open && flag.origin.empty()))
        flag.origin = origin.rule;
    if (const auto event = event_of(state, finding))
        change(std::move(flag), *event);
}

void FlagReconciler::gone(const Flag& flag, const FlagOrigin& origin)
{
    const auto event = event_of(flag.state, Finding::gone);
    if (!event)
        return;
    Flag closed = flag;
    closed.origin = origin.rule;
    change(std::move(closed), *event);
}

void FlagReconciler::change(Flag flag, FlagEvent event)
{
    flag.state = state_after(event);
    flag.changed_at = now_;
    if (event == FlagEvent::raised)
        flag.raised_at = now_;
    if (event == FlagEvent::reopened) {
        flag.note.clear();
        flag.actor.clear();
    }
    changes_.push_back({std::move(flag), event});
}

std::vector<FlagChange> changes_of(const std::vector<Flag>& existing, const std::vector<FlagCause>& found,
                                   const std::function<bool(const Flag&)>& is_theirs, Time now)
{
    FlagReconciler reconciler(existing, now);
    std::set<std::string> keys;
    for (const auto& cause : found) {
        keys.insert(cause.key);
        reconciler.find(cause);
    }
    for (const auto& [key, flag] : reconciler.flags())
        if (is_theirs(flag) && !keys.contains(key))
            reconciler.gone(flag);
    return reconciler.take();
}

} // namespace skurd
