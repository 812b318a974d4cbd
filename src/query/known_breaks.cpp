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

const KnownBreaks::OfDataset& KnownBreaks::dataset(const std::string& name)
{
    const auto [place, is_new] = datasets_.try_emplace(name);
    if (!is_new)
        return place->second;
    const auto moment = moment_of(as_of_);
    for (auto& mark : AnnotationStore(store_).list(name, ended_if(moment.has_value())))
        if (mark.kind == AnnotationKind::series_break && mark.period && stands(mark, moment))
            place->second.marks.push_back(std::move(mark));
    for (const auto& note : VintageStore(store_).notes(name, as_of_))
        if (const auto year = break_year(note))
            place->second.noted.push_back(noted_break(*year, note));
    return place->second;
}

std::vector<SeriesBreak> KnownBreaks::of(const std::map<std::string, std::set<std::int64_t>>& series)
{
    std::vector<SeriesBreak> breaks;
    for (const auto& [name, ids] : series) {
        const auto& known = dataset(name);
        for (const auto& mark : known.marks)
            if (mark.series == 0 || ids.contains(mark.series))
                breaks.push_back(marked_break(mark));
        breaks.insert(breaks.end(), known.noted.begin(), known.noted.end());
    }
    std::stable_sort(breaks.begin(), breaks.end(),
                     [](const auto& a, const auto& b) { return a.first_after < b.first_after; });
    return breaks;
}

} // namespace skurd
