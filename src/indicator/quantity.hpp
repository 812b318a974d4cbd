#pragma once

#include "model/indicator.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace skurd {

/// What a number counts or measures, as far as a unit's words tell. Units that are not known here are never said to
/// clash: sources write them in too many ways.
struct Quantity {
    std::string name;             ///< "percent", "kroner", "deaths"; "" = not known
    std::optional<int> power;     ///< of ten, of kroner: 6 = millions; nothing = not known
    std::string price_base;       ///< "2018": kroner of that year; "" = not known
    bool is_plain_number = false; ///< a number of the formula itself: fits whatever it stands beside
};

/// Reads "MNOK fixed prices", "1 000 kr", "prosent", "personer"; an empty Quantity for what it does not know.
Quantity quantity_of(std::string_view unit);

/// What a definition says its values are.
Quantity quantity_of(const Definition& definition);

/// Why a formula's units do not fit, and where in its text.
struct UnitClash {
    std::size_t at = 0;
    LocalizedText words;
};

/// The quantity of a series, an indicator or the definition before that a formula names.
using QuantityOf = std::function<Quantity(const Formula& leaf)>;

/// Checks a formula: percent is not kroner, man-years do not add to deaths, thousands are not millions, amounts of
/// 2016 prices do not add to those of 2018. `wanted` is what the result should be.
std::optional<UnitClash> unit_clash(const Formula& formula, const QuantityOf& quantity_of_leaf,
                                    const Quantity& wanted);

} // namespace skurd
