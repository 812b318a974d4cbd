#include "run/known_breaks.hpp"

#include "base/text.hpp"
#include "flag/series_causes.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/drift.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/annotation_store.hpp"
#include "store/observation_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr auto drift_person = "skurd";

SeriesBreak marked_break(const Annotation& mark)
{
    const auto from = mark.period->text();
    return {*mark.period,
            false,
            {fmt::format("brudd fra {}: {} ({})", from, mark.text, mark.person),
             fmt::format("a break from {}: {} ({})", from, mark.text, mark.person)}};
}

SeriesBreak noted_break(int year, const std::string& note)
{
    constexpr std::size_t shown_max = 300;
    const auto text = excerpt(note, shown_max);
    return {Period::year(year),
            false,
            {fmt::format("brudd fra {} (kildens note: «{}»)", year, text),
             fmt::format("a break from {} (the source's note: “{}”)", year, text)}};
}

/// Whether a drift that stops series is about any of those a selector means.
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

std::vector<SeriesBreak> known_breaks(const StoreSession& store,
                                      const std::map<std::string, std::set<std::int64_t>>& series, const AsOf& as_of)
{
    const auto moment = moment_of(as_of);
    std::vector<SeriesBreak> breaks;
    for (const auto& [dataset, ids] : series) {
        for (const auto& mark : AnnotationStore(store).list(dataset, moment.has_value())) {
            const bool is_ours = mark.series == 0 || ids.contains(mark.series);
            if (mark.kind == AnnotationKind::series_break && is_ours && mark.period && stands(mark, moment))
                breaks.push_back(marked_break(mark));
        }
        for (const auto& note : VintageStore(store).notes(dataset, as_of))
            if (const auto year = break_year(note))
                breaks.push_back(noted_break(*year, note));
    }
    std::stable_sort(breaks.begin(), breaks.end(),
                     [](const auto& a, const auto& b) { return a.first_after < b.first_after; });
    return breaks;
}

std::optional<int> break_year(const std::string& note)
{
    const auto lowered = to_lower(note);
    const auto says = [&](std::string_view words) { return lowered.find(words) != std::string::npos; };
    if (!speaks_of_break(note) || says("ingen brudd") || says("ikke brudd") || says("ingen brot") || says("no break"))
        return std::nullopt;
    std::set<int> years;
    for (std::size_t at = 0; at < note.size();) {
        const auto end = std::min(note.find_first_not_of("0123456789", at), note.size());
        if (end - at == 4 && (note.compare(at, 2, "19") == 0 || note.compare(at, 2, "20") == 0))
            years.insert(std::stoi(note.substr(at, 4)));
        at = end + 1;
    }
    return years.size() == 1 ? std::optional(*years.begin()) : std::nullopt;
}

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
        mark.person = drift_person;
        AnnotationStore(store).add(one.selector, mark);
    }
}

} // namespace skurd
