#include "flag/flag_reconciler.hpp"

#include <set>

namespace skurd {

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

void FlagReconciler::find(const FlagCause& cause)
{
    const auto known = flags_.find(cause.key);
    Flag flag = known == flags_.end() ? Flag{} : known->second;
    const auto finding = flag.inputs == cause.inputs ? Finding::same : Finding::other;
    const auto state = known == flags_.end() ? std::nullopt : std::optional(flag.state);
    flag.key = cause.key;
    flag.kind = cause.kind;
    flag.indicator = cause.indicator;
    flag.period = cause.period;
    flag.inputs = cause.inputs;
    flag.text_nb = cause.text_nb;
    flag.text_en = cause.text_en;
    flag.job = cause.job;
    if (const auto event = event_of(state, finding))
        change(std::move(flag), *event);
}

void FlagReconciler::gone(const Flag& flag)
{
    if (const auto event = event_of(flag.state, Finding::gone))
        change(flag, *event);
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
