#include "query/target.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "indicator/evaluate.hpp"
#include "store/observation_store.hpp"

namespace skurd {

namespace {

constexpr std::size_t digits_max = 6;

bool is_number(const std::string& text)
{
    return text.size() <= digits_max && all_digits(text);
}

} // namespace

const Indicator& find_indicator(const Catalogue& catalogue, int number)
{
    const auto* found = catalogue.find(number);
    if (!found)
        throw usage_error("there is no indicator {} (the catalogue has {} to {})", number,
                          catalogue.indicators.front().number, catalogue.indicators.back().number);
    return *found;
}

Target read_target(const std::string& text, const Catalogue& catalogue)
{
    if (text.empty())
        return EveryIndicator();
    if (is_number(text))
        return &find_indicator(catalogue, std::stoi(text));
    return Selector::parse(text);
}

Selector read_series(const std::string& text, const Catalogue& catalogue, const StoreSession& store)
{
    if (!is_number(text))
        return Selector::parse(text);
    const auto& indicator = find_indicator(catalogue, std::stoi(text));
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
