#include "evaluate/drift_breaks.hpp"

#include "base/text.hpp"
#include "model/annotation.hpp"
#include "store/annotation_store.hpp"
#include "store/observation_store.hpp"

#include <algorithm>
#include <map>

namespace skurd {

namespace {

constexpr auto drift_person = "skurd";

/// Whether a drift that blocks series is about any of those a selector means.
bool touches(const Drift& drift, const Selector& selector)
{
    if (drift.severity == Severity::harmless)
        return false;
    const auto chosen = std::find_if(selector.codes.begin(), selector.codes.end(),
                                     [&](const auto& condition) { return condition.first == drift.dimension; });
    if (drift.codes.empty() || chosen == selector.codes.end())
        return true;
    return std::any_of(chosen->second.begin(), chosen->second.end(), [&](const auto& code) {
        return std::find(drift.codes.begin(), drift.codes.end(), code) != drift.codes.end();
    });
}

/// The first period after those there were, where one of these still says what it said.
std::optional<Period> first_after(const std::vector<Observation>& before, const std::vector<Observation>& now)
{
    std::map<Period, Value> then;
    for (const auto& seen : before)
        if (seen.value.number)
            then.emplace(seen.period, seen.value);
    std::optional<Period> first;
    bool goes_on = false;
    for (const auto& seen : now) {
        const auto earlier = then.find(seen.period);
        goes_on = goes_on || (earlier != then.end() && earlier->second == seen.value);
        if (seen.value.number && !then.empty() && std::prev(then.end())->first < seen.period &&
            (!first || seen.period < *first))
            first = seen.period;
    }
    return goes_on ? first : std::nullopt;
}

} // namespace

DriftBreaks::DriftBreaks(const StoreSession& store, const std::vector<Selector>& in_use,
                         const std::vector<Drift>& drift)
{
    for (const auto& selector : in_use) {
        const auto found =
            std::find_if(drift.begin(), drift.end(), [&](const Drift& one) { return touches(one, selector); });
        if (found == drift.end() || !ObservationStore(store).has(selector))
            continue;
        auto before = ObservationStore(store).as_of(selector, {});
        const bool is_one = std::all_of(before.begin(), before.end(), [&](const Observation& seen) {
            return seen.series == before.front().series;
        });
        if (is_one && !before.empty())
            touched_.push_back({selector, found->text_nb, std::move(before)});
    }
}

void DriftBreaks::mark(StoreSession& store) const
{
    for (const auto& one : touched_) {
        const auto period = first_after(one.before, ObservationStore(store).as_of(one.selector, {}));
        if (!period)
            continue;
        Annotation mark;
        mark.kind = AnnotationKind::series_break;
        mark.period = period;
        mark.text = excerpt(one.text, note_bytes_max / 2);
        mark.actor = drift_person;
        AnnotationStore(store).add(one.selector, mark);
    }
}

} // namespace skurd
