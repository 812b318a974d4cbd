#include "query/known_breaks.hpp"

#include "base/text.hpp"
#include "flag/break_note.hpp"
#include "model/annotation.hpp"
#include "model/correction.hpp"
#include "model/indicator.hpp"
#include "model/vintage.hpp"
#include "store/annotation_store.hpp"
#include "store/store_session.hpp"
#include "store/vintage_store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

SeriesBreak marked_break(const Annotation& mark)
{
    const auto from = mark.period->text();
    return {*mark.period,
            false,
            {fmt::format("brudd fra {}: {} ({})", from, mark.text, mark.actor),
             fmt::format("a break from {}: {} ({})", from, mark.text, mark.actor)}};
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

} // namespace

std::vector<SeriesBreak> known_breaks(const StoreSession& store,
                                      const std::map<std::string, std::set<std::int64_t>>& series, const AsOf& as_of)
{
    const auto moment = moment_of(as_of);
    std::vector<SeriesBreak> breaks;
    for (const auto& [dataset, ids] : series) {
        for (const auto& mark : AnnotationStore(store).list(dataset, ended_if(moment.has_value()))) {
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

} // namespace skurd
