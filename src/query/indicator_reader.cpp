// An expansion reads one code of a dimension (indicator/expand.hpp), and so do its 356 neighbours. So the first of
// them reads its selector without that dimension, which gives the series of all codes at once, and the others take
// theirs from there: the same observations that a read of their own would give, since a read goes series by series.
#include "query/indicator_reader.hpp"

#include <algorithm>
#include <optional>

namespace skurd {

namespace {

/// The dimension in which a selector names the one code that its indicator is for; nothing where it does not.
std::optional<std::string> own_dimension(const Catalogue& catalogue, const Indicator& indicator,
                                         const Selector& selector)
{
    const auto* of = indicator.expansion ? catalogue.find_template(indicator.expansion->of) : nullptr;
    if (!of)
        return std::nullopt;
    const std::pair own(of->dimension, std::vector<std::string>{indicator.expansion->code});
    const bool names_it = std::find(selector.codes.begin(), selector.codes.end(), own) != selector.codes.end();
    return names_it ? std::optional(of->dimension) : std::nullopt;
}

Selector without(Selector selector, const std::string& dimension)
{
    std::erase_if(selector.codes, [&](const auto& one) { return one.first == dimension; });
    return selector;
}

} // namespace

IndicatorSeries IndicatorReader::series(const Indicator& indicator, const SeriesRead& seen)
{
    IndicatorSeries found;
    found.values = values_of(catalogue_, indicator, as_of_.published,
                             [&](const Selector& selector, const PublicationWindow& window) {
                                 auto read = observations(indicator, selector, window);
                                 for (const auto& observation : read)
                                     found.series[observation.dataset].insert(observation.series);
                                 if (seen)
                                     seen(selector, window, read);
                                 return read;
                             });
    found.breaks = breaks_.of(found.series);
    return found;
}

std::vector<Observation> IndicatorReader::observations(const Indicator& indicator, const Selector& selector,
                                                       const PublicationWindow& window)
{
    const auto dimension = own_dimension(catalogue_, indicator, selector);
    if (!dimension)
        return observations_from(store_, selector, as_of_, numbers_, window);
    const auto& all = for_all_codes(selector, *dimension, window);
    const auto found = all.find(indicator.expansion->code);
    return found == all.end() ? std::vector<Observation>() : found->second;
}

const IndicatorReader::ByCode& IndicatorReader::for_all_codes(const Selector& selector, const std::string& dimension,
                                                              const PublicationWindow& window)
{
    const auto all = without(selector, dimension);
    const auto [place, is_new] = shared_.try_emplace({all.text(), dimension, window.from, window.until});
    if (!is_new)
        return place->second;
    for (auto& observation : observations_from(store_, all, as_of_, numbers_, window)) {
        const auto code = std::find_if(observation.codes.begin(), observation.codes.end(),
                                       [&](const auto& part) { return part.first == dimension; });
        if (code != observation.codes.end())
            place->second[code->second].push_back(std::move(observation));
    }
    return place->second;
}

} // namespace skurd
