#include "query/known_breaks.hpp"

#include "base/text.hpp"
#include "flag/series_causes.hpp"
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

} // namespace skurd
