#include "indicator/shown_prices.hpp"

#include "base/error.hpp"
#include "base/exact.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace skurd {

namespace {

constexpr int working_decimals = 8;
constexpr int computed_decimals = 1;

/// The price index as an indicator, so that it is read like one.
Indicator index_of(const Catalogue& catalogue)
{
    if (!catalogue.price_index)
        throw usage_error("the catalogue names no price index: add [prices] with index = \"…\" to sets.toml");
    Indicator indicator;
    indicator.label = {"Prisindeks", "Price index"};
    Definition definition;
    definition.id = 1;
    definition.from = Time::min();
    definition.formula = *catalogue.price_index;
    definition.unit = "index";
    definition.reads_earlier_values = true;
    indicator.definitions.push_back(std::move(definition));
    return indicator;
}

} // namespace

PriceConversion::PriceConversion(const Catalogue& catalogue, int year, const ReadIndicator& read) : year_(year)
{
    const auto indicator = index_of(catalogue);
    name_ = indicator.definitions.front().formula.text();
    index_ = read(indicator).values;
    const auto found = index_.find(Period::year(year));
    if (found == index_.end() || !found->second.value.number || found->second.value.number->is_zero())
        throw usage_error("the price index {} has no number for {}: harvest it, or ask for a year it has", name_,
                          year);
    base_ = found->second;
}

IndicatorValue PriceConversion::turned(IndicatorValue value, const Period& from, int decimals) const
{
    if (!value.value.number)
        return value;
    const auto index = index_.find(from);
    if (index == index_.end() || !index->second.value.number || index->second.value.number->is_zero()) {
        value.value.number.reset();
        value.missing = {fmt::format("prisindeksen {} har ingen verdi for {}", name_, from.text()),
                         fmt::format("the price index {} has no value for {}", name_, from.text())};
        return value;
    }
    value.value.number = rounded(
        exact(*value.value.number) * exact(*base_.value.number) / exact(*index->second.value.number), decimals);
    if (!value.value.number)
        value.missing = {"beløpet er for stort å regne om", "the amount is too large to convert"};
    for (const auto& [period, used] : {std::pair(from, &index->second), std::pair(Period::year(year_), &base_)}) {
        IndicatorInput input;
        input.name = name_;
        input.period = period;
        input.value = used->value;
        input.vintage = used->vintage;
        input.published_at = used->published_at;
        value.inputs.push_back(std::move(input));
    }
    return value;
}

IndicatorValues PriceConversion::from_current_prices(IndicatorValues values) const
{
    for (auto& [period, value] : values)
        value = turned(std::move(value), period, working_decimals);
    return values;
}

IndicatorValues PriceConversion::as_shown(const IndicatorValues& values, const Indicator& indicator) const
{
    auto shown = values;
    for (auto& [period, value] : shown) {
        if (!value.value.number)
            continue;
        const auto& base = indicator.definition(value.definition).price_base;
        const auto base_year = Period::parse(base);
        if (base_year)
            value = turned(std::move(value), *base_year, value.value.number->scale());
        else
            value.value.number = rounded(exact(*value.value.number), computed_decimals);
    }
    return shown;
}

ShownPrices PriceConversion::shown(std::vector<int> as_they_are) const
{
    std::sort(as_they_are.begin(), as_they_are.end());
    ShownPrices prices{year_, name_, {}, std::move(as_they_are)};
    for (const auto& [period, value] : index_)
        if (value.vintage != 0 &&
            std::find(prices.vintages.begin(), prices.vintages.end(), value.vintage) == prices.vintages.end())
            prices.vintages.push_back(value.vintage);
    std::sort(prices.vintages.begin(), prices.vintages.end());
    return prices;
}

} // namespace skurd
