#include "flag/flag_reconciler.hpp"

#include <algorithm>

namespace skurd {

FlagReconciler::FlagReconciler(const std::vector<Flag>& existing, Time now) : now_(now)
{
    for (const auto& flag : existing)
        flags_.emplace(flag.key, flag);
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
        flag.by.clear();
    }
    changes_.push_back({std::move(flag), event});
}

std::vector<FlagChange> source_flag_changes(const std::vector<Flag>& existing, const std::vector<FlagCause>& found,
                                            const std::vector<std::string>& keys, Time now)
{
    FlagReconciler reconciler(existing, now);
    for (const auto& key : keys) {
        const auto cause =
            std::find_if(found.begin(), found.end(), [&](const FlagCause& one) { return one.key == key; });
        const auto flag = reconciler.flags().find(key);
        if (cause != found.end())
            reconciler.find(*cause);
        else if (flag != reconciler.flags().end())
            reconciler.gone(flag->second);
    }
    return reconciler.take();
}

} // namespace skurd
