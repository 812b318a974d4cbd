#include "query/target.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/evaluate.hpp"
#include "model/indicator_name.hpp"
#include "store/observation_store.hpp"

#include <optional>

namespace skurd {

namespace {

/// Whether it names an indicator rather than a dataset, which may begin with a number too.
bool names_indicator(const std::string& text, const Catalogue& catalogue)
{
    const auto number = indicator_number(text);
    return number && (text.find('/') == std::string::npos || catalogue.find(*number));
}

[[noreturn]] void refuse(const Catalogue& catalogue, const std::string& name, std::optional<int> number)
{
    if (number && catalogue.find_template(*number))
        throw usage_error("indicator {} stands for one for each {}: name one, like {}/CODE (see `skurd indicators`)",
                          name, catalogue.find_template(*number)->dimension, name);
    if (catalogue.indicators.empty())
        throw usage_error("there is no indicator {}, nor any other yet: run `skurd harvest --all`", excerpt(name));
    throw usage_error("there is no indicator {} (the catalogue has {} to {})", excerpt(name),
                      indicator_name(catalogue.indicators.front().number),
                      indicator_name(catalogue.indicators.back().number));
}

} // namespace

const Indicator& find_indicator(const Catalogue& catalogue, const std::string& name)
{
    const auto number = indicator_number(name);
    const auto* found = number ? catalogue.find(*number) : nullptr;
    if (!found)
        refuse(catalogue, name, number);
    return *found;
}

Target read_target(const std::string& text, const Catalogue& catalogue)
{
    if (text.empty())
        return EveryIndicator();
    if (names_indicator(text, catalogue))
        return &find_indicator(catalogue, text);
    return Selector::parse(text);
}

Selector read_series(const std::string& text, const Catalogue& catalogue, const StoreSession& store)
{
    if (!names_indicator(text, catalogue))
        return Selector::parse(text);
    const auto& indicator = find_indicator(catalogue, text);
    const auto& formula = indicator.definition_at(std::nullopt).formula;
    if (const auto* series = formula.plain())
        return *series;
    if (formula.kind == Formula::Kind::coalesce) {
        auto sources = reading_of(indicator, std::nullopt).selectors();
        std::erase_if(sources, [&](const Selector& source) { return !ObservationStore(store).has(source); });
        if (sources.size() == 1)
            return sources.front();
    }
    throw usage_error("indicator {} is computed, {}: name one of its series instead", text, formula.text());
}

} // namespace skurd
